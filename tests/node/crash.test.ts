import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { expect, it } from 'vitest';

it('the real process, killed five times while it accepts posts, loses no post and stores none twice', async () => {
  const crash = ['tests/crash/crash.ts', '--lives', '5'];
  const { stdout } = await promisify(execFile)(process.execPath, crash, { timeout: 280_000 });
  console.log(stdout.trim().split('\n').at(-1));
  expect(stdout).toMatch(/^crash: ok\. 5 kills, [1-9]/m);
}, 300_000);
