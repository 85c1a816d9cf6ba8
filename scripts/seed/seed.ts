import { parseArgs } from 'node:util';
import { warnOfOpenKeyFile } from '../local/private-files.ts';
import { readKeyFile } from '../operator-key.ts';
import { fillSite } from './fill-site.ts';
import { readSeed, seedFolder } from './read-seed.ts';
import { requireSecureAddress, staffAt } from './staff-client.ts';

const USAGE = 'npm run seed -- --url https://bulletin.example --key-file .dev.vars';
const HELP = `${USAGE}

Fills a site that is not open yet with kv-seed/, and opens it. Continues an interrupted fill.
  --url       the address of the site
  --key-file  the file with its operator key (default: .dev.vars)`;

/** Fills the site at `--url` with the seed. Uses the operator key in `--key-file`. */
async function main(): Promise<void> {
  const text = { type: 'string' } as const;
  const flag = { type: 'boolean', short: 'h' } as const;
  const { values } = parseArgs({ options: { url: text, 'key-file': text, help: flag } });
  const { url, 'key-file': keyFile = '.dev.vars' } = values;
  if (values.help) return console.log(HELP);
  if (!url || !/^https?:\/\//.test(url) || !URL.canParse(url))
    throw new Error(`--url must be the address of the site, as in: ${USAGE}`);
  requireSecureAddress(url);
  const { first } = readKeyFile(keyFile);
  warnOfOpenKeyFile(keyFile);
  const seed = await readSeed(seedFolder());
  const { origin } = new URL(url);
  const filled = await fillSite(seed, staffAt(url, first), origin, console.log);
  console.log(filled === 'filled' ? `${origin} is open.` : `${origin} is open already; nothing was changed.`);
}

if (import.meta.main)
  main().catch((error: unknown) => {
    console.error(`seed: ${error instanceof Error ? error.message : String(error)}`);
    process.exitCode = 1;
  });
