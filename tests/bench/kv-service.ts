import type { Module, Workerd } from './bare-workerd.ts';

/**
 * A Worker that stands in for KV, as workerd's `kvNamespace` binding asks a service: GET of the key. It counts, and
 * answers late or not at all when told to.
 */
export const kvModules = (values: ReadonlyMap<string, Uint8Array>): readonly Module[] => {
  const named = [...values].map(([key, content], i) => ({ key, name: `value-${i}.bin`, content }));
  const imports = named.map(({ name }, i) => `import v${i} from './${name}';\n`).join('');
  const entries = named.map(({ key }, i) => `[${JSON.stringify(key)}, v${i}]`).join(', ');
  return [{ name: 'kv.js', content: `${imports}const values = new Map([${entries}]);${SERVICE}` }, ...named];
};

// Control paths begin with a colon, as no key does.
const SERVICE = `
const reads = {};
let delayMs = 0;
let hurries = 0;
let isRefusing = false;
const CONTROLS = {
  reads: () => Response.json(reads),
  delay: (ms) => void (delayMs = Number(ms)),
  hurry: () => void (hurries += 1),
  refuse: () => void (isRefusing = true),
};
export default {
  async fetch(request) {
    const key = decodeURIComponent(new URL(request.url).pathname.slice(1));
    const [, name, value] = /^:(\\w+)\\/?(.*)/.exec(key) ?? [];
    if (name) return CONTROLS[name](value) ?? new Response(null, { status: 204 });
    reads[key] = (reads[key] ?? 0) + 1;
    const before = hurries;
    for (let leftMs = delayMs; leftMs > 0 && !isRefusing && hurries === before; leftMs -= 50)
      await scheduler.wait(Math.min(50, leftMs));
    if (isRefusing) return new Response('refused', { status: 500 });
    return values.has(key) ? new Response(values.get(key)) : new Response(null, { status: 404 });
  },
};`;

const control = async ({ kvPort }: Workerd, what: string): Promise<Response> => {
  const response = await fetch(`http://127.0.0.1:${kvPort}/${what}`);
  if (!response.ok) throw new Error(`KV's stand-in answered ${response.status}`);
  return response;
};

/** How often each key was read. */
export const kvReads = async (workerd: Workerd): Promise<Readonly<Record<string, number>>> =>
  (await control(workerd, ':reads')).json() as Promise<Record<string, number>>;

/** Makes KV take so long for each read that begins from now on. */
export const delayKv = async (workerd: Workerd, ms: number): Promise<void> =>
  void (await control(workerd, `:delay/${ms}`));

/** Ends the delay of the reads that are under way, and of those to come. */
export async function hurryKv(workerd: Workerd): Promise<void> {
  await delayKv(workerd, 0);
  await control(workerd, ':hurry');
}

/** Makes KV refuse every read from now on, those under way among them. */
export const refuseKv = async (workerd: Workerd): Promise<void> => void (await control(workerd, ':refuse'));
