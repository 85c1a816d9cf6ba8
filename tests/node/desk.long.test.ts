import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, afterEach, expect, it } from 'vitest';
import { makeCheckout } from '../crash/checkout.ts';
import { endSites, startSite } from '../crash/site-process.ts';
import { freePort } from '../free-port.ts';
import { runPrinted } from '../printed-command.ts';

const root = join(import.meta.dirname, '../..');
const [setUp = '', ...blocks] = [
  ...readFileSync(join(root, 'docs/desk.md'), 'utf8').matchAll(/^```sh\n(.*?)\n```$/gms),
].map(([, block = '']) => block);
const commands = blocks.flatMap((block) => block.split('\n'));
/** A reader may see the release before for some seconds. */
const POLL = { timeout: 30_000, interval: 500 };

const checkout = makeCheckout(root);
const port = await freePort();
const origin = `http://localhost:${port}`;

afterEach(endSites);
afterAll(() => checkout.dispose());

/** Runs a line of shell after the page's first block; gives the parsed answer, or the text that is no JSON. */
async function shell(command: string, variables: Readonly<Record<string, string>>) {
  const set = Object.entries(variables).map(([name, value]) => `${name}='${value}'`);
  const script = [setUp.replace(/^SITE=.*$/m, `SITE=${origin}`), ...set, command].join('\n');
  const { out, err } = await runPrinted(script, checkout.root);
  return out.startsWith('{') ? JSON.parse(out) : out + err;
}

it('the desk’s page does what it says, command by command', async () => {
  const site = await startSite(checkout.root, port);
  const operator = /^OPERATOR_KEY=(.*)$/m.exec(readFileSync(join(checkout.root, '.dev.vars'), 'utf8'))?.[1];
  const issued = await fetch(`${origin}/api/v1/staff/keys`, {
    method: 'POST',
    headers: { Authorization: `Bearer ${operator}`, 'Content-Type': 'application/json' },
    body: JSON.stringify({ agency: 'health-ministry' }),
  });
  const { key }: { key: string } = JSON.parse(await issued.text());
  writeFileSync(join(checkout.root, 'health.key'), key);
  const variables: Record<string, string> = {};
  const next = () => shell(commands.shift() ?? '', variables);
  const publicText = async (path: string) => (await fetch(origin + path)).text();

  expect(await next()).toMatchObject({
    agency: 'health-ministry',
    metrics: expect.arrayContaining(['deaths']),
  });
  expect(await next()).toMatchObject({ id: expect.stringMatching(/^\d{4}-/), metrics: expect.anything() });

  expect(await next()).toMatchObject({
    dryRun: true,
    changes: [
      { metric: 'new_cases', was: null, now: 752 },
      { metric: 'deaths', was: null, now: 4 },
    ],
    totals: expect.arrayContaining([expect.objectContaining({ metric: 'total_cases' })]),
  });
  expect(await next()).toMatchObject({ version: 1, changed: ['new_cases', 'deaths'] });

  const doubted = await next();
  expect(doubted).toMatchObject({ status: 409, notes: expect.anything() });
  variables.IDS = doubted.notes.map(({ id }: { id: string }) => `"${id}"`).join();
  expect(await next()).toMatchObject({ changed: ['recovered'] });

  expect(await next()).toMatchObject({ changed: ['deaths'] });
  for (const _ of ['wrong', 'back', 'right']) expect(await next()).toMatchObject({ changed: ['critical'] });

  expect(await next()).toMatchObject({ changed: ['critical'] });
  await expect.poll(() => publicText('/data/statistics.csv'), POLL).toContain('critical:not-reported');
  expect(await next()).toMatchObject({ dryRun: true, changes: [{ facts: { at: '18:00' } }] });

  expect(await next()).toBe('');
  expect(await next()).toMatchObject({ dryRun: true, figures: 4 });
  expect(await next()).toMatchObject({ figures: 4 });

  expect(await next()).toMatchObject({ version: 1 });
  const posted = await next();
  expect(posted).toMatchObject({ version: 1 });
  variables.ID = posted.id;
  await expect.poll(() => publicText('/en/'), POLL).toContain('Vaccination centres are closed today');
  expect(await next()).toMatchObject({ version: 2 });
  expect(await next()).toMatchObject({ version: 3 });

  await expect.poll(() => publicText('/api/v1/changes.json'), POLL).toContain('The centres are open');
  expect(await next()).toMatchObject({ figures: { new_cases: ['2021-08-06', 690] } });
  expect(await next()).toMatchObject({ language: 'en', figures: expect.anything() });
  expect(await next()).toMatchObject({ items: expect.anything() });
  expect(commands).toEqual([]);
  expect(await site.stop()).toBe(0);
}, 180_000);
