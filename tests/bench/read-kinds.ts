import { startWorkerd, type Workerd } from './bare-workerd.ts';
import { type Answer, constantsModules } from './constant-worker.ts';
import { type Measured, median, round } from './figure.ts';
import { kvModules } from './kv-service.ts';
import { startNginx } from './nginx.ts';
import { exchange, type Load, sendMany } from './raw-client.ts';
import { nashraModule } from './read-path.ts';
import { seededKv, WITHDRAWN_PATH } from './seeded-kv.ts';

/** The highest ratio of an answer's CPU time to the home page's. */
const MAX_RATIO = 1.3;
const ROUNDS = 15;
const REQUESTS = 480;
/** Requests before each measurement: a processor's caches are cold after a turn of another program. */
const WARM_UP_OF_ROUND = 128;
const WARM_UP_OF_KIND = 2_000;
/** Requests until workerd's memory stops growing. Until then a request takes twice the CPU time. */
const WARM_UP = 40_000;

/** A kind of request to the seeded site. `held`: the reader already has the answer, and gets a 304. */
type Kind = {
  readonly name: string;
  readonly method?: string;
  readonly path: string;
  readonly held?: boolean;
  /** The status that the answer must have; any if left out. */
  readonly status?: number;
};

const HOME: Kind = { name: 'home page', path: '/ar/' };
const KINDS: readonly Kind[] = [
  { name: 'section page', path: '/ar/news/' },
  { name: 'item page', path: '/ar/decisions/1' },
  { name: 'month', path: '/ar/decisions/2020-03/' },
  { name: 'statistics.json', path: '/api/v1/statistics.json' },
  { name: 'statistics.csv', path: '/data/statistics.csv' },
  { name: 'bulletin.json', path: '/api/v1/bulletin.json' },
  { name: 'openapi.json', path: '/api/v1/openapi.json' },
  { name: 'sitemap.xml', path: '/sitemap.xml' },
  { name: 'live.json', path: '/api/v1/live.json' },
  { name: 'live.json, 304', path: '/api/v1/live.json', held: true },
  { name: 'statistics.json, 304', path: '/api/v1/statistics.json', held: true },
  { name: 'home page, HEAD', method: 'HEAD', path: '/ar/' },
  { name: '410, a withdrawn item', path: WITHDRAWN_PATH, status: 410 },
  { name: '404, a page', path: '/ar/nothing' },
  { name: '404, problem details', path: '/api/v1/nothing.json' },
  { name: '308', path: '/ar/news' },
  { name: 'OPTIONS', method: 'OPTIONS', path: '/api/v1/live.json' },
  { name: '405', method: 'POST', path: '/ar/' },
];

const requestOf = ({ method = 'GET', path }: Kind, etag?: string): string =>
  [
    `${method} ${path} HTTP/1.1`,
    'Host: bulletin.example',
    'User-Agent: Mozilla/5.0 (Linux; Android 10; K) AppleWebKit/537.36 Chrome/154.0.0.0 Mobile Safari/537.36',
    'Accept: */*',
    'Accept-Language: ar,en;q=0.8',
    'Accept-Encoding: br',
    ...(etag === undefined ? [] : [`If-None-Match: ${etag}`]),
    ...(method === 'POST' ? ['Content-Length: 0'] : []),
    '\r\n',
  ].join('\r\n');

/** A kind with its request and answer. */
type Exchange = Answer & { readonly kind: Kind; readonly request: string; readonly sizeBytes: number };

/** The CPU time of a request in each round, in microseconds; `ofHome` is its ratio to the home page just before it. */
type Rounds = { readonly [name in 'home' | 'ours' | 'ofHome' | 'constant' | 'nginx']: number[] };

type Server = { cpuMs(): number };

/**
 * Measures every kind of public answer of the seeded site, warm, in bare workerd. Compares it with the home page, with
 * a Worker that returns the same answer from constants, and with nginx. The servers take turns, kind by kind. The
 * result is the median ratio of CPU times.
 */
export async function measureReadKinds(): Promise<readonly Measured[]> {
  const nashra = await startWorkerd([await nashraModule()], kvModules(await seededKv()));
  const exchanges: Exchange[] = [];
  for (const kind of [HOME, ...KINDS]) exchanges.push(await askFor(nashra, kind));
  const constant = await startWorkerd(constantsModules(exchanges));
  const nginx = await startNginx(exchanges);
  try {
    const home = await loadOf(nashra.port, requestOf(HOME));
    await sendMany(home, WARM_UP);
    await sendMany(await loadOf(constant.port, requestOf({ ...HOME, path: '/0' })), WARM_UP);
    const figures: Measured[] = [];
    for (const [i, asked] of exchanges.entries()) {
      const request = requestOf({ ...asked.kind, path: `/${i}` });
      const references = {
        constant: { server: constant, load: await loadOf(constant.port, request) },
        nginx: nginx && { server: nginx, load: await loadOf(nginx.port, request) },
      };
      figures.push(figureOf(asked, await measureKind(asked, nashra, home, references)));
    }
    return figures;
  } finally {
    for (const server of [nashra, constant, nginx]) server?.stop();
  }
}

async function askFor(nashra: Workerd, kind: Kind): Promise<Exchange> {
  const etag = /^etag: (.*)$/im.exec((await exchange(nashra.port, requestOf(kind))).head)?.[1];
  const request = requestOf(kind, kind.held ? etag : undefined);
  const answer = await exchange(nashra.port, request);
  const status = Number(answer.head.split(' ')[1]);
  if (kind.status !== undefined && status !== kind.status)
    throw new Error(`${kind.name}: the answer is ${status}, not ${kind.status}`);
  return { kind, request, ...answer };
}

const loadOf = async (port: number, request: string): Promise<Load> => ({
  port,
  request,
  answerBytes: (await exchange(port, request)).sizeBytes,
});

/** A server to compare with, and the load for it. */
type ReferenceServer = { readonly server: Server; readonly load: Load };

async function measureKind(
  { request, sizeBytes }: Exchange,
  nashra: Workerd,
  home: Load,
  { constant, nginx }: { readonly constant: ReferenceServer; readonly nginx: ReferenceServer | null },
): Promise<Rounds> {
  const load = { port: nashra.port, request, answerBytes: sizeBytes };
  for (const each of [load, constant.load]) await sendMany(each, WARM_UP_OF_KIND);
  const rounds: Rounds = { home: [], ours: [], ofHome: [], constant: [], nginx: [] };
  for (let i = 0; i < ROUNDS; i++) {
    const homeMicros = await microsOf(nashra, home);
    const micros = await microsOf(nashra, load);
    rounds.home.push(homeMicros);
    rounds.ours.push(micros);
    rounds.ofHome.push(micros / homeMicros);
    rounds.constant.push(await microsOf(constant.server, constant.load));
    if (nginx) rounds.nginx.push(await microsOf(nginx.server, nginx.load));
  }
  return rounds;
}

/** The CPU time of a request, in microseconds. */
async function microsOf(server: Server, load: Load): Promise<number> {
  await sendMany(load, WARM_UP_OF_ROUND);
  const cpuMsAtStart = server.cpuMs();
  await sendMany(load, REQUESTS);
  return ((server.cpuMs() - cpuMsAtStart) * 1000) / REQUESTS;
}

function figureOf({ kind, body }: Exchange, rounds: Rounds): Measured {
  const ratio = median(rounds.ofHome);
  const references = [
    `${round(median(rounds.constant))} us a constant Worker`,
    rounds.nginx.length > 0 ? `${round(median(rounds.nginx))} us nginx` : 'nginx is not installed',
  ];
  return {
    name: `CPU of ${kind.name} (${body.length} bytes; ${references.join(', ')})`,
    value: round(median(rounds.ours)),
    unit: 'us',
    reference: round(median(rounds.home)),
    against: 'the home page',
    ratio: round(ratio, 2),
    bound: `ratio <= ${MAX_RATIO}`,
    ok: ratio <= MAX_RATIO,
  };
}
