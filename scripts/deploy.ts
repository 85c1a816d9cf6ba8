import { spawn } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { buildIfChanged } from './build-worker.ts';
import { makeKeyFile, readKeyFile } from './operator-key.ts';
import { staffAt } from './seed/staff-client.ts';

const root = join(import.meta.dirname, '..');

/**
 * `npm run deploy [-- --url URL --key-file FILE --dry-run]`: builds, deploys with wrangler, and has the deployed site
 * render what the new build changed. The operator key goes along on the first deploy only; it is never replaced here.
 */
async function main(): Promise<void> {
  const { values } = parseArgs({
    options: {
      url: { type: 'string' },
      'key-file': { type: 'string', default: join(root, '.dev.vars') },
      'dry-run': { type: 'boolean', default: false },
    },
  });
  const keyFile = values['key-file'];
  // A key that can't be used is told before the build, and before anything is deployed.
  if (!values['dry-run'] && existsSync(keyFile)) readKeyFile(keyFile);
  await buildIfChanged(root, console.log);
  if (values['dry-run']) {
    if (!(await wrangler(['deploy', '--dry-run'])).ok) throw new Error('the dry run failed.');
    return;
  }
  if (!(await wrangler(['whoami', '--json'], 'quiet')).ok)
    throw new Error('wrangler knows no Cloudflare account: npx wrangler login, or set CLOUDFLARE_API_TOKEN.');
  const secrets = await wrangler(['secret', 'list', '--format', 'json'], 'quiet');
  const hasKey = secrets.ok && secrets.said.includes('"OPERATOR_KEY"');
  if (!hasKey && keyFile === join(root, '.dev.vars')) makeKeyFile(keyFile);
  const deployed = hasKey ? await wrangler(['deploy']) : await deployWithKey(keyFile);
  if (!deployed.ok) throw new Error('wrangler could not deploy; the site stands as it was.');
  await wake(values.url ?? deployed.url, keyFile);
}

/** The first deploy, with the key. Wrangler gets it in a file of its own: one form, whatever form the key file has. */
async function deployWithKey(keyFile: string): Promise<Ran> {
  const { all } = readKeyFile(keyFile);
  const folder = mkdtempSync(join(tmpdir(), 'deploy-'));
  try {
    const file = join(folder, 'secrets');
    writeFileSync(file, `OPERATOR_KEY=${all}\n`, { mode: 0o600 });
    return await wrangler(['deploy', '--secrets-file', file]);
  } finally {
    rmSync(folder, { recursive: true });
  }
}

/** Has the site publish what the deploy changed now, not at the next minute's cron trigger. */
async function wake(url: string | null, keyFile: string): Promise<void> {
  if (url === null) {
    console.log('Its address is not known here; the cron trigger renders what changed within a minute.');
    return;
  }
  const seed = `npm run seed -- --url ${url} --key-file ${keyFile}`;
  try {
    const staff = staffAt(url, readKeyFile(keyFile).first);
    await staff.call('POST', '/tick');
    const site = await staff.site();
    console.log(site?.open ? `${url} is open.` : `${url} is empty. Fill it and open it: ${seed}`);
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error);
    console.log(`Deployed, but ${url} could not be woken with the key of ${keyFile}: ${why}`);
    console.log(`The cron trigger renders what changed within a minute. A new site is filled by: ${seed}`);
  }
}

type Ran = { readonly ok: boolean; readonly said: string; readonly url: string | null };

/** Runs wrangler. It tells where it deployed to in a file of its own, one JSON object a line. */
async function wrangler(args: readonly string[], how?: 'quiet'): Promise<Ran> {
  const folder = mkdtempSync(join(tmpdir(), 'deploy-'));
  const output = join(folder, 'output.ndjson');
  const env = { ...process.env, WRANGLER_SEND_METRICS: 'false', WRANGLER_OUTPUT_FILE_PATH: output };
  try {
    const bin = join(root, 'node_modules/wrangler/bin/wrangler.js');
    const stdio = ['inherit', 'pipe', how ? 'ignore' : 'inherit'] as const;
    const child = spawn(process.execPath, [bin, ...args], { cwd: root, env, stdio: [...stdio] });
    let said = '';
    child.stdout?.setEncoding('utf8').on('data', (text: string) => {
      said += text;
      if (!how) process.stdout.write(text);
    });
    const code = await new Promise((resolve, reject) => child.once('error', reject).once('close', resolve));
    return {
      ok: code === 0,
      said,
      url: existsSync(output) ? deployedUrl(readFileSync(output, 'utf8')) : null,
    };
  } finally {
    rmSync(folder, { recursive: true });
  }
}

function deployedUrl(ndjson: string): string | null {
  for (const line of ndjson.split('\n').filter(Boolean)) {
    const event = JSON.parse(line) as { type?: string; targets?: readonly string[] };
    // Targets are addresses, routes and schedules; some come without their scheme.
    const targets = event.type === 'deploy' ? (event.targets ?? []) : [];
    const host = targets.map((t) => /^(?:https:\/\/)?([\w-]+(?:\.[\w-]+)+)\/?/.exec(t)?.[1]).find(Boolean);
    if (host) return `https://${host}`;
  }
  return null;
}

main().catch((error: unknown) => {
  console.error(error instanceof Error ? error.message : String(error));
  process.exitCode = 1;
});
