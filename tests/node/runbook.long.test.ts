import { readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, afterEach, describe, expect, it } from 'vitest';
import { makeCheckout } from '../crash/checkout.ts';
import { endSites, startSite } from '../crash/site-process.ts';
import { freePort } from '../free-port.ts';
import { runPrinted } from '../printed-command.ts';
import { AGENCY, writeSmallSeed } from './small-seed.ts';

const root = join(import.meta.dirname, '../..');
const [setUp = '', ...blocks] = [
  ...readFileSync(join(root, 'docs/runbook.md'), 'utf8').matchAll(/^( *)```sh\n(.*?)\n *```$/gms),
].map(([, indent = '', block = '']) => block.replaceAll(new RegExp(`^${indent}`, 'gm'), ''));

/** The commands of the runbook, one a line, that no test has run yet. */
const notRun = new Set(blocks.flatMap((block) => block.split('\n')));
const DATE = '2026-01-01';
/** A reader may see the release before for some seconds. */
const POLL = { timeout: 30_000, interval: 500 };

const checkout = makeCheckout(root);
writeSmallSeed(checkout.root, [[DATE, 300, 2]], {
  metrics: ['water_level', 'rescues', 'deaths'].map((id) => ({
    ...{ id, kind: 'flow', agencies: [AGENCY], label: { en: id }, tone: 'neutral' },
  })),
});
const port = await freePort();
const origin = `http://localhost:${port}`;
const read = async (path: string) => (await fetch(`${origin}${path}`)).text();

afterEach(endSites);
afterAll(() => checkout.dispose());

/** Runs lines of shell after the runbook's first block; gives the parsed answer, or the text that is no JSON. */
async function shell(command: string, variables: Readonly<Record<string, string>> = {}) {
  const set = Object.entries({ AGENCY, DATE, ...variables }).map(([name, value]) => `${name}='${value}'`);
  const script = [setUp.replace(/^SITE=.*$/m, `SITE=${origin}`), ...set, command].join('\n');
  const { out, err } = await runPrinted(script, checkout.root);
  if (!out.startsWith('{')) return out + err;
  const answer = JSON.parse(out);
  expect(answer, command).not.toHaveProperty('errors');
  return answer;
}

/** Runs the one command of the runbook that contains a text. */
function step(text: string, variables?: Readonly<Record<string, string>>) {
  const [command = '', ...others] = [...notRun].filter((line) => line.includes(text));
  expect([command, ...others], text).toHaveLength(1);
  notRun.delete(command);
  return shell(command, variables);
}

/** Runs a command that reads what is public until a text is there: a server may be some seconds behind. */
async function stepUntil(text: string, wanted: string) {
  const [command = ''] = [...notRun].filter((line) => line.includes(text));
  await expect.poll(async () => JSON.stringify(await shell(command)), POLL).toContain(wanted);
  return step(text);
}

const post = (title: string) =>
  shell(`staff POST news '{"title":{"en":"${title}"},"body":{"en":"Call 555 01 99"},"date":"${DATE}"}'`);

describe('the runbook', () => {
  it('recovers from each fault by the commands that it prints', async () => {
    const site = await startSite(checkout.root, port);

    expect(await step('GET status')).toMatchObject({ pending: false, lastError: null });
    expect(await step('POST tick')).toMatchObject({ pending: false });
    const long = await post('Too long');
    expect(await step('Too long to be shown', { ITEM: `news/${long.id}` })).toMatchObject({ version: 2 });
    await expect.poll(() => read(`/en/news/${long.id}`), POLL).toContain('Too long to be shown');
    expect(await step('POST rebuild')).toMatchObject({ pending: false });

    const leaked = await shell(`staff POST keys '{"agency":"${AGENCY}"}'`);
    const whoami = async () =>
      (await fetch(`${origin}/api/v1/staff/whoami`, { headers: { Authorization: `Bearer ${leaked.key}` } }))
        .status;
    expect(await whoami()).toBe(200);
    expect((await step('GET keys')).items).toEqual([expect.objectContaining({ id: leaked.id })]);
    await step('DELETE', { ID: leaked.id });
    expect(await whoami()).toBe(401);
    expect(await step('POST keys')).toMatchObject({ key: expect.any(String) });
    expect((await step('GET ledger')).items[0]).toMatchObject({ key: 'operator' });

    await shell('staff PUT "statistics/$DATE" \'{"values":{"deaths":40}}\'');
    expect(await step('Typing error')).toMatchObject({ changed: ['deaths'] });
    const { items: changes } = await stepUntil('changes.json', 'Typing error');
    expect(changes[0]).toMatchObject({ was: 40, now: 4, reason: 'Typing error' });
    expect(await step('Being counted again')).toMatchObject({ changed: ['deaths'] });

    const named = await post('Ms Doe is missing');
    const { items } = await shell('staff GET ledger');
    const { seq } = items.find((entry: unknown) => JSON.stringify(entry).includes('Ms Doe'));
    await step('Not for the public', { ITEM: `news/${named.id}` });
    expect(await step('dryRun', { SEQ: seq })).toMatchObject({ items: 1 });
    expect(await step('"Personal data"}', { SEQ: seq })).toMatchObject({ changed: ['salt', 'payload'] });
    expect(JSON.stringify(await shell('staff GET ledger'))).not.toContain('Ms Doe');

    expect(await step('verify-ledger')).toContain('verif');
    expect([...notRun]).toEqual([]);
    expect(await site.stop()).toBe(0);
  }, 180_000);

  it('writes everything again if KV is lost', async () => {
    const before = await startSite(checkout.root, port);
    const heading = (await read('/en/')).match(/<h1.*?<\/h1>/s)?.[0] ?? 'no heading';
    const figures = await read('/data/statistics.csv');
    expect(await before.stop()).toBe(0);
    rmSync(join(checkout.root, '.wrangler/state/v3/kv'), { recursive: true });
    const starting = startSite(checkout.root, port); // waits until the site serves its page
    await expect
      .poll(() => shell('staff POST rebuild').catch(String), POLL)
      .toMatchObject({ lastError: null });
    const after = await starting;
    await expect.poll(() => read('/en/'), POLL).toContain(heading);
    expect(await read('/data/statistics.csv')).toBe(figures);
    expect(await after.stop()).toBe(0);
  }, 180_000);
});
