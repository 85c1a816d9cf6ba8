import { createHash } from 'node:crypto';
import { brotliCompressSync } from 'node:zlib';
import type { Instant } from '../../worker/model/instant.ts';
import {
  CURRENT_KEY,
  type Current,
  encodePack,
  type PackedDocument,
  type ReleaseIndex,
} from '../../worker/pack/format.ts';
import { type Module, startWorkerd, type Workerd } from './bare-workerd.ts';
import { bundleWorker } from './bundle-worker.ts';
import { constantModules } from './constant-worker.ts';
import { atMost, type Measured, median, round } from './figure.ts';
import { kvModules, kvReads } from './kv-service.ts';
import { exchange, type Load, sendMany } from './raw-client.ts';

const PAGE_BYTES = 12_000;
const ROUNDS = 41;
const REQUESTS = 3_000;
const WARM_UP = 12_000;

/** A reader's request to a Worker without an edge in front of it. */
const requestOf = (acceptEncoding: string): string =>
  [
    'GET /ar/ HTTP/1.1',
    'Host: bulletin.example',
    'User-Agent: Mozilla/5.0 (Linux; Android 10; K) AppleWebKit/537.36 Chrome/154.0.0.0 Mobile Safari/537.36',
    'Accept: text/html,application/xhtml+xml',
    'Accept-Language: ar,en;q=0.8',
    `Accept-Encoding: ${acceptEncoding}`,
    '\r\n',
  ].join('\r\n');

const REQUEST = requestOf('br');
/**
 * Cloudflare's edge sends this Accept-Encoding instead of the client's. The Worker then reads the client's from `cf`.
 */
const FROM_THE_EDGE = requestOf('br, gzip');

/**
 * Compares the warm read path with a Worker that returns the same bytes and headers from constants. Both run in bare
 * workerd on one core, and take turns. The result is the CPU time of a request: on a busy machine it is more reliable
 * than the clock.
 */
export async function measureReadPath(): Promise<readonly Measured[]> {
  const { values, page } = release();
  const nashra = await startWorkerd([await nashraModule()], kvModules(values));
  const { head, body, sizeBytes } = await exchange(nashra.port, REQUEST);
  if (!body.equals(page)) throw new Error('the served page is not the packed page');
  const constant = await startWorkerd(constantModules({ head, body }));
  try {
    const same = await exchange(constant.port, REQUEST);
    if (sorted(same.head) !== sorted(head) || !same.body.equals(body))
      throw new Error(
        `the constant Worker gives another answer:\n${sorted(same.head)}\n---\n${sorted(head)}`,
      );
    return await compare(
      { workerd: nashra, load: { port: nashra.port, request: REQUEST, answerBytes: sizeBytes } },
      { workerd: constant, load: { port: constant.port, request: REQUEST, answerBytes: same.sizeBytes } },
    );
  } finally {
    nashra.stop();
    constant.stop();
  }
}

type Side = { readonly workerd: Workerd; readonly load: Load };

async function compare(nashra: Side, constant: Side): Promise<readonly Measured[]> {
  for (const side of [nashra, constant]) await sendMany(side.load, WARM_UP);
  const readsAtStart = await allKvReads(nashra.workerd);
  const rounds = { nashra: [] as Round[], constant: [] as Round[], edge: [] as Round[] };
  const edge = { ...nashra, load: { ...nashra.load, request: FROM_THE_EDGE } };
  for (let i = 0; i < ROUNDS; i++) {
    rounds.nashra.push(await oneRound(nashra));
    rounds.constant.push(await oneRound(constant));
    rounds.edge.push(await oneRound(edge));
  }
  const reads = (await allKvReads(nashra.workerd)) - readsAtStart;
  const perThousand = (reads * 1000) / (2 * ROUNDS * REQUESTS);
  const cpu = (all: readonly Round[]) => median(all.map((r) => r.cpuMicros));
  const perSecond = (all: readonly Round[]) => median(all.map((r) => r.perSecond));
  // Each round is compared with the round next to it, so that other load on the machine affects both.
  const shareOf = (all: readonly Round[]) =>
    median(all.map((r, i) => (rounds.constant[i]?.cpuMicros ?? Number.NaN) / r.cpuMicros));
  const share = shareOf(rounds.nashra);
  const against = 'a constant Worker';
  return [
    {
      name: 'read path, warm, 12 kB page: CPU a request',
      value: round(cpu(rounds.nashra)),
      unit: 'us',
      reference: round(cpu(rounds.constant)),
      against,
      ratio: round(share, 3),
      bound: 'ratio, constant to ours, >= 0.9',
      ok: share >= 0.9,
    },
    {
      name: 'the same behind the edge, where the Worker reads cf (for the record)',
      value: round(cpu(rounds.edge)),
      unit: 'us',
      reference: round(cpu(rounds.constant)),
      against,
      ratio: round(shareOf(rounds.edge), 3),
      bound: 'none',
      ok: true,
    },
    {
      name: 'read path, requests a second on one core (for the record)',
      value: Math.round(perSecond(rounds.nashra)),
      unit: '1/s',
      reference: Math.round(perSecond(rounds.constant)),
      against,
      ratio: round(perSecond(rounds.nashra) / perSecond(rounds.constant), 3),
      bound: 'none',
      ok: true,
    },
    atMost('KV reads per 1,000 warm requests under load', perThousand, 1, 'reads'),
  ];
}

type Round = { readonly cpuMicros: number; readonly perSecond: number };

async function oneRound({ workerd, load }: Side): Promise<Round> {
  const cpuMsAtStart = workerd.cpuMs();
  const seconds = await sendMany(load, REQUESTS);
  return { cpuMicros: ((workerd.cpuMs() - cpuMsAtStart) * 1000) / REQUESTS, perSecond: REQUESTS / seconds };
}

/** A release whose page has 12 kB in Brotli, of random text, which hardly compresses. */
function release(): { readonly values: ReadonlyMap<string, Uint8Array>; readonly page: Buffer } {
  let text = '';
  for (let i = 0; text.length < PAGE_BYTES * 1.32; i++)
    text += createHash('sha256').update(String(i)).digest('base64url');
  const page = brotliCompressSync(text);
  const packed: PackedDocument = {
    type: 'text/html; charset=utf-8',
    etag: `"${createHash('sha256').update(text).digest('base64url').slice(0, 27)}"`,
    status: 200,
    encoding: 'br',
    sizeBytes: text.length,
    at: 0,
    length: page.length,
  };
  const others = Array.from({ length: 60 }, (_, i) => [`/en/page-${i}/`, packed]);
  const index: ReleaseIndex = {
    kind: 'release',
    n: 527,
    publishedAt: '2026-11-24T10:00:00Z' as Instant,
    open: true,
    boundary: '2099-01-01T00:00:00Z' as Instant,
    languages: ['ar', 'en'],
    defaultLanguage: 'ar',
    policy:
      "default-src 'none'; style-src 'sha256-AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA='; script-src 'self'",
    revokedKeys: [],
    documents: Object.fromEntries([['/ar/', packed], ...others]),
    cold: [],
    items: {},
    shells: {},
    notFound: {},
  };
  const current: Current = { n: index.n, key: 'release/527-bench', previous: null };
  const values = new Map<string, Uint8Array>([
    [CURRENT_KEY, new TextEncoder().encode(JSON.stringify(current))],
    [current.key, encodePack(index, [page])],
  ]);
  return { values, page };
}

/** The Worker as it is deployed, for bare workerd. */
export const nashraModule = async (): Promise<Module> => ({
  name: 'nashra.js',
  content: await bundleWorker('worker/index.ts'),
});

/** The number of all KV reads so far. */
const allKvReads = async (workerd: Workerd): Promise<number> =>
  Object.values(await kvReads(workerd)).reduce((sum, count) => sum + count, 0);

/** The lines of a head in lower case and in order, for comparison. */
const sorted = (head: string): string =>
  head
    .split('\r\n')
    .map((line) => line.toLowerCase())
    .sort()
    .join('\n');
