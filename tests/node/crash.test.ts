import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { expect, it } from 'vitest';
import { IS_TEST_LONG } from '../in-test-long.ts';

/** How often the process is killed. */
const lives = IS_TEST_LONG ? 25 : 1;

it(`the real process, killed ${lives} times while it accepts posts, loses no post and stores none twice`, async () => {
  const crash = ['tests/crash/crash.ts', '--lives', String(lives)];
  const { stdout } = await promisify(execFile)(process.execPath, crash, {
    timeout: 240_000 + lives * 20_000,
  });
  console.log(stdout.trim().split('\n').at(-1));
  expect(stdout).toMatch(new RegExp(`^crash: ok\\. ${lives} kills, [1-9]`, 'm'));
}, 900_000);
