import { spawn } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { buildIfChanged } from './build-worker.ts';
import { warnOfOpenKeyFile } from './local/private-files.ts';
import { makeKeyFile, readKeyFile, readSigningKey } from './operator-key.ts';
import { requireSecureAddress, staffAt } from './seed/staff-client.ts';

const root = join(import.meta.dirname, '..');

/**
 * `npm run deploy [-- --url URL --key-file FILE --dry-run]`: builds, deploys with wrangler, and calls the deployed site
 * so that it renders what the new build changed. A deploy sends the keys that the site lacks; none replaces a key.
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
  if (values.url !== undefined) requireSecureAddress(values.url);
  // Report an invalid key before the build and before anything is deployed.
  if (!values['dry-run'] && existsSync(keyFile)) {
    readKeyFile(keyFile);
    readSigningKey(keyFile);
    warnOfOpenKeyFile(keyFile);
  }
  await buildIfChanged(root, console.log);
  if (values['dry-run']) {
    if (!(await wrangler(['deploy', '--dry-run'])).ok) throw new Error('the dry run failed.');
    return;
  }
  if (!(await wrangler(['whoami', '--json'], 'quiet')).ok)
    throw new Error(
      'wrangler is not logged in to Cloudflare: run npx wrangler login, or set CLOUDFLARE_API_TOKEN.',
    );
  const secrets = await wrangler(['secret', 'list', '--format', 'json'], 'quiet');
  const isMissing = (name: string) => !secrets.ok || !secrets.output.includes(`"${name}"`);
  if (isMissing('OPERATOR_KEY') && keyFile === join(root, '.dev.vars')) makeKeyFile(keyFile);
  const deployed = await deployWithKeys(keyFile, isMissing);
  if (!deployed.ok) throw new Error('wrangler could not deploy; the site is unchanged.');
  await wake(values.url ?? deployed.url, keyFile);
}

/**
 * Deploys with the keys that the site lacks; it keeps those that it has. Wrangler gets keys in a new file of one form,
 * because key files have several forms. Without a key file only a site that has its operator key can be deployed.
 */
async function deployWithKeys(keyFile: string, isMissing: (name: string) => boolean): Promise<WranglerRun> {
  const lines = [];
  if (isMissing('OPERATOR_KEY')) lines.push(`OPERATOR_KEY=${readKeyFile(keyFile).all}\n`);
  const signingKey = isMissing('SIGNING_KEY') && existsSync(keyFile) ? readSigningKey(keyFile) : undefined;
  if (signingKey !== undefined) lines.push(`SIGNING_KEY=${signingKey}\n`);
  if (lines.length === 0) return wrangler(['deploy']);
  const folder = mkdtempSync(join(tmpdir(), 'deploy-'));
  try {
    const file = join(folder, 'secrets');
    writeFileSync(file, lines.join(''), { mode: 0o600 });
    return await wrangler(['deploy', '--secrets-file', file]);
  } finally {
    rmSync(folder, { recursive: true });
  }
}

/** Makes the site publish the deploy's changes now, instead of at its next cron trigger, up to a minute later. */
async function wake(url: string | null, keyFile: string): Promise<void> {
  if (url === null) {
    console.log(
      "Deployed. The site's address is not known here; its cron trigger renders the changes within a minute.",
    );
    return;
  }
  const seedCommand = `npm run seed -- --url ${url} --key-file ${keyFile}`;
  try {
    const staff = staffAt(url, readKeyFile(keyFile).first);
    await staff.call('POST', '/tick');
    const site = await staff.site();
    if (site?.open && isSecondDoor(url, site.origin))
      console.log(
        `${url} and ${site.origin} both answer. Set workers_dev = false in wrangler.toml, so that only your own address does.`,
      );
    console.log(site?.open ? `${url} is open.` : `${url} is empty. Fill it and open it: ${seedCommand}`);
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    console.log(`Deployed, but ${url} could not be called with the key in ${keyFile}: ${reason}`);
    console.log(
      `The cron trigger renders what changed within a minute. To fill a new site, run: ${seedCommand}`,
    );
  }
}

/** Whether a deploy went to a workers.dev address although the site has an address of its own. */
const isSecondDoor = (deployedTo: string, origin: string): boolean =>
  new URL(deployedTo).hostname.endsWith('.workers.dev') && new URL(origin).host !== new URL(deployedTo).host;

/**
 * `output` is what wrangler printed to stdout. `url` is where it deployed to, null if it did not deploy or report it.
 */
type WranglerRun = { readonly ok: boolean; readonly output: string; readonly url: string | null };

/** Runs wrangler, which writes the address it deployed to into a file, as one JSON object a line. */
async function wrangler(args: readonly string[], mode?: 'quiet'): Promise<WranglerRun> {
  const folder = mkdtempSync(join(tmpdir(), 'deploy-'));
  const eventFile = join(folder, 'output.ndjson');
  const env = { ...process.env, WRANGLER_SEND_METRICS: 'false', WRANGLER_OUTPUT_FILE_PATH: eventFile };
  try {
    const bin = join(root, 'node_modules/wrangler/bin/wrangler.js');
    const stdio = ['inherit', 'pipe', mode ? 'ignore' : 'inherit'] as const;
    const child = spawn(process.execPath, [bin, ...args], { cwd: root, env, stdio: [...stdio] });
    let output = '';
    child.stdout?.setEncoding('utf8').on('data', (text: string) => {
      output += text;
      if (!mode) process.stdout.write(text);
    });
    const code = await new Promise((resolve, reject) => child.once('error', reject).once('close', resolve));
    return {
      ok: code === 0,
      output,
      url: existsSync(eventFile) ? deployedUrl(readFileSync(eventFile, 'utf8')) : null,
    };
  } finally {
    rmSync(folder, { recursive: true });
  }
}

function deployedUrl(ndjson: string): string | null {
  for (const line of ndjson.split('\n').filter(Boolean)) {
    const event = JSON.parse(line) as { type?: string; targets?: readonly string[] };
    // Targets are addresses, routes and schedules. Some addresses have no scheme.
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
