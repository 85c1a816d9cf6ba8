import { mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, afterEach, expect, it } from 'vitest';
import { makeCheckout } from '../crash/checkout.ts';
import { closes, endSites, RUNTIME, type SiteProcess, startSite } from '../crash/site-process.ts';
import { freePort } from '../free-port.ts';
import { PRINTED_COMMAND, runPrinted } from '../printed-command.ts';
import { runProgram } from './run-program.ts';
import { writeSmallSeed } from './small-seed.ts';

/** The longest wait for a change. An idle machine shows it within 2 s; this one may be busy with other tests. */
const MAX_WAIT_MS = 25_000;

const checkout = makeCheckout(join(import.meta.dirname, '../..'));
writeSmallSeed(checkout.root, [['2026-01-01', 300, 2]]);

afterEach(endSites);
afterAll(() => checkout.dispose());

const pathTo = (name: string) => join(checkout.root, name);
const read = (name: string) => readFileSync(pathTo(name), 'utf8');

/** Saves a file as many editors do: writes a new file, then renames it over the old one. */
function save(name: string, text: string): void {
  writeFileSync(pathTo(`${name}~`), text);
  renameSync(pathTo(`${name}~`), pathTo(name));
}

const edit = (name: string, from: string, to: string) => {
  expect(read(name)).toContain(from);
  save(name, read(name).replace(from, to));
};

/** Reads the home page until it contains a text; every answer must be a page. Gives the time taken, in ms. */
async function untilShown(port: number, text: string): Promise<number> {
  const began = performance.now();
  for (;;) {
    const answer = await fetch(`http://localhost:${port}/en/`);
    expect(answer.status).toBe(200);
    if ((await answer.text()).includes(text)) return Math.round(performance.now() - began);
    if (performance.now() - began > MAX_WAIT_MS)
      throw new Error(`${text} was not shown in ${MAX_WAIT_MS} ms`);
    await sleep(20);
  }
}

/** Waits until the output contains a text `times` times. */
const untilPrinted = async (site: SiteProcess, text: string, times = 1) => {
  for (const end = Date.now() + MAX_WAIT_MS; site.output().split(text).length <= times; await sleep(20))
    if (Date.now() > end) throw new Error(`${text} was not printed ${times} times:\n${site.output()}`);
};

it('shows a change at once, keeps the state, and serves the previous build while the sources have a fault', async () => {
  const port = await freePort();
  const site = await startSite(checkout.root, port, { script: 'dev.ts' });
  const posted = await runPrinted(await site.line(PRINTED_COMMAND));
  expect(JSON.parse(posted.out)).toMatchObject({ id: '2026-01-02', version: 1 });
  await site.line(/^Watching client, worker, scripts\/build-client\.ts, wrangler\.toml$/m);

  // Change a string, a template that imports a file in a new folder, that file, and the build program.
  const strings = 'client/strings/en.ts';
  edit(strings, "figures: 'Figures'", "figures: 'Today’s numbers'");
  const times = [await untilShown(port, 'Today’s numbers')];
  mkdirSync(pathTo('client/page/added'));
  writeFileSync(pathTo('client/page/added/note.ts'), "export const note = 'first';\n");
  edit('client/page/frame/shell.tsx', '<main id="main">', '<main id="main" data-note={note}>');
  edit('client/page/frame/shell.tsx', 'import ', "import { note } from '../added/note.ts';\nimport ");
  times.push(await untilShown(port, 'data-note="first"'));
  save('client/page/added/note.ts', "export const note = 'second';\n");
  times.push(await untilShown(port, 'data-note="second"'));
  edit('scripts/build-client.ts', 'minify: true', 'minify: true, banner: { css: "/*! banner */" }');
  times.push(await untilShown(port, '/*! banner */'));
  const buildLines = [...site.output().matchAll(/^Built in .*$/gm)].join('; ');
  console.log(`Changes seen after ${times.join(', ')} ms. ${buildLines}`);

  // A syntax error is reported by its place, without a stack, and the site serves the previous build.
  const good = read(strings);
  const previousLength = site.output().length;
  save(strings, good.replace('Today’s numbers', "All numbers', oops: = '"));
  await untilPrinted(site, `${strings}:`);
  const report = site.output().slice(previousLength);
  expect(report).toMatch(/^client\/strings\/en\.ts:\d+:\d+: Unexpected "="$/m);
  expect(report).not.toMatch(/^\s+at /m);
  await untilShown(port, 'Today’s numbers');
  save(strings, good.replace('Today’s numbers', 'All numbers'));
  await untilShown(port, 'All numbers');

  // A Worker that builds but does not start must not replace the running one.
  const worker = read('worker/index.ts');
  save('worker/index.ts', `${worker}\nthrow new Error('not at all');\n`);
  await untilPrinted(site, 'not at all');
  await untilShown(port, 'All numbers');
  save('worker/index.ts', worker.replace('fetch(request: Request', '/* mended */ fetch(request: Request'));
  edit(strings, 'All numbers', 'Mended numbers');
  await untilShown(port, 'Mended numbers');

  // Faulty settings, then the good ones again: the same runtime runs all the time.
  const running = site.descendant(RUNTIME);
  const wrangler = read('wrangler.toml');
  save('wrangler.toml', wrangler.replace('name =', 'na me ='));
  await untilPrinted(site, 'wrangler.toml:');
  const timesShown = site.output().split('shown after').length - 1;
  save('wrangler.toml', wrangler);
  await untilPrinted(site, 'shown after', timesShown + 1);
  expect(site.descendant(RUNTIME)).toBe(running);

  // The figure that was posted at the start is still there, and the lock names the current runtime.
  const figures = await (await fetch(`http://localhost:${port}/api/v1/live.json`)).json();
  expect(figures).toMatchObject({ figures: { water_level: ['2026-01-02', 300] } });
  const runtime = site.descendant(RUNTIME);
  const { code, err } = await runProgram(process.execPath, ['scripts/start.ts'], {
    cwd: checkout.root,
    env: { PORT: String(await freePort()) },
  });
  expect([code, err]).toEqual([
    1,
    expect.stringContaining(`is already running: pid ${site.pid}, http://localhost:${port},`),
  ]);
  const watcher = site.descendant('end-orphans.ts');
  process.kill(watcher, 'SIGKILL');
  await site.killProgram();
  const orphan = await runProgram(process.execPath, ['scripts/dev.ts'], { cwd: checkout.root });
  expect([orphan.code, orphan.err]).toEqual([1, expect.stringContaining(`already running: pid ${runtime},`)]);
  process.kill(runtime, 'SIGKILL');
}, 150_000);

it('waits until the sources can be built, then starts; npm start afterwards builds again', async () => {
  const strings = 'client/strings/en.ts';
  const good = read(strings);
  save(strings, `${good}\n= ;`);
  const port = await freePort();
  const mend = (output: string) => {
    if (output.includes('Unexpected "="'))
      save(strings, good.replace(/figures: '[^']*'/, "figures: 'Built again'"));
  };
  const site = await startSite(checkout.root, port, { script: 'dev.ts', onPrint: mend });
  expect(site.output()).toMatch(/^client\/strings\/en\.ts:\d+:\d+: Unexpected "="$/m);
  expect(await site.stop()).toBe(0);
  expect(await closes(port)).toBe(true);
  const next = await startSite(checkout.root, port);
  expect(next.output()).toContain('build 2/3: the Worker');
  await untilShown(port, 'Built again');
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
