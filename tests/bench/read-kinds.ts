import { startWorkerd, type Workerd } from './bare-workerd.ts';
import { type Answer, constantsModules } from './constant-worker.ts';
import { type Measured, median, round } from './figure.ts';
import { kvModules } from './kv-service.ts';
import { startNginx } from './nginx.ts';
import { exchange, type Load, sendMany } from './raw-client.ts';
import { nashraModule } from './read-path.ts';
import { seededKv } from './seeded-kv.ts';

/** How many times the home page's processor time any answer may take. */
const MAX_RATIO = 1.3;
const ROUNDS = 15;
const REQUESTS = 480;
/** Before each measurement: after a turn of another program a processor's caches are cold. */
const TO_WARM = 128;
const WARM_UP_OF_KIND = 2_000;
/** Until then workerd's memory grows, which takes twice the processor time. */
const WARM_UP = 40_000;

/** What a reader may ask of the site that the seed fills. */
type Kind = {
  readonly name: string;
  readonly method?: string;
  readonly path: string;
  readonly held?: boolean;
};

const HOME: Kind = { name: 'home page', path: '/ar/' };
const KINDS: readonly Kind[] = [
  { name: 'section page', path: '/ar/news/' },
  { name: 'item page', path: '/ar/decisions/1' },
  { name: 'month', path: '/ar/decisions/2020-03/' },
  { name: 'statistics.json', path: '/api/v1/statistics.json' },
  { name: 'statistics.csv', path: '/data/statistics.csv' },
  { name: 'live.json', path: '/api/v1/live.json' },
  { name: 'live.json, 304', path: '/api/v1/live.json', held: true },
  { name: 'statistics.json, 304', path: '/api/v1/statistics.json', held: true },
  { name: 'home page, HEAD', method: 'HEAD', path: '/ar/' },
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

/** A kind with what is sent for it, and what came. */
type Exchange = Answer & { readonly kind: Kind; readonly request: string; readonly sizeBytes: number };

/** The processor time a request took in each round, in microseconds; `ofHome` as a share of the home page just before. */
type Rounds = { readonly [name in 'home' | 'ours' | 'ofHome' | 'constant' | 'nginx']: number[] };

type Server = { cpuMs(): number };

/**
 * Every kind of answer that the public gets of the seeded site, warm, in bare workerd, beside the home page, a Worker that
 * returns the same answer from constants, and nginx with the same bytes. Kind by kind, in rounds that alternate; what
 * counts is the middle of the ratios in processor time.
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
    for (const [i, of] of exchanges.entries()) {
      const request = requestOf({ ...of.kind, path: `/${i}` });
      const besides = {
        constant: { server: constant, load: await loadOf(constant.port, request) },
        nginx: nginx && { server: nginx, load: await loadOf(nginx.port, request) },
      };
      figures.push(figureOf(of, await measureKind(of, nashra, home, besides)));
    }
    return figures;
  } finally {
    for (const server of [nashra, constant, nginx]) server?.stop();
  }
}

async function askFor(nashra: Workerd, kind: Kind): Promise<Exchange> {
  const etag = /^etag: (.*)$/im.exec((await exchange(nashra.port, requestOf(kind))).head)?.[1];
  const request = requestOf(kind, kind.held ? etag : undefined);
  return { kind, request, ...(await exchange(nashra.port, request)) };
}

const loadOf = async (port: number, request: string): Promise<Load> => ({
  port,
  request,
  answerBytes: (await exchange(port, request)).sizeBytes,
});

type Beside = { readonly server: Server; readonly load: Load };

async function measureKind(
  { request, sizeBytes }: Exchange,
  nashra: Workerd,
  home: Load,
  { constant, nginx }: { readonly constant: Beside; readonly nginx: Beside | null },
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

async function microsOf(server: Server, load: Load): Promise<number> {
  await sendMany(load, TO_WARM);
  const before = server.cpuMs();
  await sendMany(load, REQUESTS);
  return ((server.cpuMs() - before) * 1000) / REQUESTS;
}

function figureOf({ kind, body }: Exchange, rounds: Rounds): Measured {
  const ratio = median(rounds.ofHome);
  const beside = [
    `${round(median(rounds.constant))} us a constant Worker`,
    rounds.nginx.length > 0 ? `${round(median(rounds.nginx))} us nginx` : 'nginx is not installed',
  ];
  return {
    name: `CPU of ${kind.name} (${body.length} bytes; ${beside.join(', ')})`,
    value: round(median(rounds.ours)),
    unit: 'us',
    reference: round(median(rounds.home)),
    against: 'the home page',
    ratio: round(ratio, 2),
    bound: `ratio <= ${MAX_RATIO}`,
    ok: ratio <= MAX_RATIO,
  };
}
