import { mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, afterEach, expect, it } from 'vitest';
import { makeCheckout } from '../crash/checkout.ts';
import { closes, endSites, RUNTIME, type SiteProcess, startSite } from '../crash/site-process.ts';
import { freePort } from '../free-port.ts';
import { runProgram } from './run-program.ts';
import { writeSmallSeed } from './small-seed.ts';

/** A change is shown within 2 s on a machine that does nothing else; here others work beside. */
const SHOWN_MS = 25_000;

const checkout = makeCheckout(join(import.meta.dirname, '../..'));
writeSmallSeed(checkout.root, [['2026-01-01', 300, 2]]);

afterEach(endSites);
afterAll(() => checkout.dispose());

const pathTo = (name: string) => join(checkout.root, name);
const read = (name: string) => readFileSync(pathTo(name), 'utf8');

/** Saves a file as many editors do: a new one in its place. */
function save(name: string, text: string): void {
  writeFileSync(pathTo(`${name}~`), text);
  renameSync(pathTo(`${name}~`), pathTo(name));
}

const edit = (name: string, from: string, to: string) => {
  expect(read(name)).toContain(from);
  save(name, read(name).replace(from, to));
};

/** Reads the home page until it holds a text; every answer on the way must be a page. Gives how long it took, in ms. */
async function shows(port: number, text: string): Promise<number> {
  const began = performance.now();
  for (;;) {
    const answer = await fetch(`http://localhost:${port}/en/`);
    expect(answer.status).toBe(200);
    if ((await answer.text()).includes(text)) return Math.round(performance.now() - began);
    if (performance.now() - began > SHOWN_MS) throw new Error(`${text} was not shown in ${SHOWN_MS} ms`);
    await sleep(20);
  }
}

const prints = async (site: SiteProcess, text: string, times = 1) => {
  for (const end = Date.now() + SHOWN_MS; site.said().split(text).length <= times; await sleep(20))
    if (Date.now() > end) throw new Error(`${text} was not printed ${times} times:\n${site.said()}`);
};

it('shows what is changed at once, keeps the state, and the old site while the sources have a fault', async () => {
  const port = await freePort();
  const site = await startSite(checkout.root, port, { script: 'dev.ts' });
  const posted = await runProgram('sh', ['-c', await site.line(/^curl .*$/m)], { cwd: '/' });
  expect(JSON.parse(posted.out)).toMatchObject({ id: '2026-01-02', version: 1 });
  await site.line(/^Watching client, worker, scripts\/build-client\.ts, wrangler\.toml$/m);

  // A string, a template with a file in a new folder, that file, the program that builds.
  const strings = 'client/strings/en.ts';
  edit(strings, "figures: 'Figures'", "figures: 'Today’s numbers'");
  const times = [await shows(port, 'Today’s numbers')];
  mkdirSync(pathTo('client/page/added'));
  writeFileSync(pathTo('client/page/added/note.ts'), "export const note = 'first';\n");
  edit('client/page/frame/shell.tsx', '<main id="main">', '<main id="main" data-note={note}>');
  edit('client/page/frame/shell.tsx', 'import ', "import { note } from '../added/note.ts';\nimport ");
  times.push(await shows(port, 'data-note="first"'));
  save('client/page/added/note.ts', "export const note = 'second';\n");
  times.push(await shows(port, 'data-note="second"'));
  edit('scripts/build-client.ts', 'minify: true', 'minify: true, banner: { css: "/*! banner */" }');
  times.push(await shows(port, '/*! banner */'));
  const own = [...site.said().matchAll(/^Built in .*$/gm)].join('; ');
  console.log(`Changes seen after ${times.join(', ')} ms. ${own}`);

  // A syntax error is told by its place alone, and the site goes on with what it had; mended, it shows the rest.
  const good = read(strings);
  const before = site.said().length;
  save(strings, good.replace('Today’s numbers', "All numbers', oops: = '"));
  await prints(site, `${strings}:`);
  const told = site.said().slice(before);
  expect(told).toMatch(/^client\/strings\/en\.ts:\d+:\d+: Unexpected "="$/m);
  expect(told).not.toMatch(/^\s+at /m);
  await shows(port, 'Today’s numbers');
  save(strings, good.replace('Today’s numbers', 'All numbers'));
  await shows(port, 'All numbers');

  // A Worker that builds but does not start must not take the site away.
  const worker = read('worker/index.ts');
  save('worker/index.ts', `${worker}\nthrow new Error('not at all');\n`);
  await prints(site, 'not at all');
  await shows(port, 'All numbers');
  save('worker/index.ts', worker.replace('fetch(request: Request', '/* mended */ fetch(request: Request'));
  edit(strings, 'All numbers', 'Mended numbers');
  await shows(port, 'Mended numbers');

  // Settings with a fault, and then as they were: the runtime is the one before, it was never ended.
  const running = site.below(RUNTIME);
  const wrangler = read('wrangler.toml');
  save('wrangler.toml', wrangler.replace('name =', 'na me ='));
  await prints(site, 'wrangler.toml:');
  const shown = site.said().split('shown after').length - 1;
  save('wrangler.toml', wrangler);
  await prints(site, 'shown after', shown + 1);
  expect(site.below(RUNTIME)).toBe(running);

  // The state is that of before all this, and the lock names the runtime of now.
  const figures = await (await fetch(`http://localhost:${port}/api/v1/live.json`)).json();
  expect(figures).toMatchObject({ figures: { water_level: ['2026-01-02', 300] } });
  const runtime = site.below(RUNTIME);
  const { code, err } = await runProgram(process.execPath, ['scripts/start.ts'], {
    cwd: checkout.root,
    env: { PORT: String(await freePort()) },
  });
  expect([code, err]).toEqual([
    1,
    expect.stringContaining(`is already running: pid ${site.pid}, http://localhost:${port},`),
  ]);
  const watcher = site.below('end-orphans.ts');
  process.kill(watcher, 'SIGKILL');
  await site.killProgram();
  const orphan = await runProgram(process.execPath, ['scripts/dev.ts'], { cwd: checkout.root });
  expect([orphan.code, orphan.err]).toEqual([1, expect.stringContaining(`already running: pid ${runtime},`)]);
  process.kill(runtime, 'SIGKILL');
}, 150_000);

it('waits for sources that can be built, then starts; what it leaves is built anew by npm start', async () => {
  const strings = 'client/strings/en.ts';
  const good = read(strings);
  save(strings, `${good}\n= ;`);
  const port = await freePort();
  const mend = (said: string) => {
    if (said.includes('Unexpected "="'))
      save(strings, good.replace(/figures: '[^']*'/, "figures: 'Built anew'"));
  };
  const site = await startSite(checkout.root, port, { script: 'dev.ts', onPrint: mend });
  expect(site.said()).toMatch(/^client\/strings\/en\.ts:\d+:\d+: Unexpected "="$/m);
  expect(await site.stop()).toBe(0);
  expect(await closes(port)).toBe(true);
  const next = await startSite(checkout.root, port);
  expect(next.said()).toContain('build 2/3: the Worker');
  await shows(port, 'Built anew');
  expect(await next.stop()).toBe(0);
});

it('bundles the Worker as wrangler does, byte for byte', async () => {
  const built = () => read('dist/worker/index.js');
  const byWrangler = built(); // by npm start, above
  const program = `
    const { workerBundler } = await import('./scripts/dev/bundle-worker.ts');
    await (await workerBundler(process.cwd())).bundle();
    process.exit();`;
  writeFileSync(pathTo('dist/worker/index.js'), '');
  await runProgram(process.execPath, ['--input-type=module', '-e', program], { cwd: checkout.root });
  expect(built() === byWrangler).toBe(true);
});
