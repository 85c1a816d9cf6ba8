import type { Module, Workerd } from './bare-workerd.ts';

/**
 * A Worker that stands in for KV: workerd's `kvNamespace` binding sends it a GET of each key. The functions below read
 * its counts, and make it slow or refuse.
 */
export const kvModules = (values: ReadonlyMap<string, Uint8Array>): readonly Module[] => {
  const named = [...values].map(([key, content], i) => ({ key, name: `value-${i}.bin`, content }));
  const imports = named.map(({ name }, i) => `import v${i} from './${name}';\n`).join('');
  const entries = named.map(({ key }, i) => `[${JSON.stringify(key)}, v${i}]`).join(', ');
  return [{ name: 'kv.js', content: `${imports}const values = new Map([${entries}]);${SERVICE}` }, ...named];
};

// Control paths begin with a colon; no key does.
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
    const hurriesAtStart = hurries;
    for (let leftMs = delayMs; leftMs > 0 && !isRefusing && hurries === hurriesAtStart; leftMs -= 50)
      await scheduler.wait(Math.min(50, leftMs));
    if (isRefusing) return new Response('refused', { status: 500 });
    return values.has(key) ? new Response(values.get(key)) : new Response(null, { status: 404 });
  },
};`;

const control = async ({ kvPort }: Workerd, command: string): Promise<Response> => {
  const response = await fetch(`http://127.0.0.1:${kvPort}/${command}`);
  if (!response.ok) throw new Error(`KV's stand-in answered ${response.status}`);
  return response;
};

/** The number of reads of each key. */
export const kvReads = async (workerd: Workerd): Promise<Readonly<Record<string, number>>> =>
  (await control(workerd, ':reads')).json() as Promise<Record<string, number>>;

/** Makes each KV read that begins from now on take `ms`. */
export const delayKv = async (workerd: Workerd, ms: number): Promise<void> =>
  void (await control(workerd, `:delay/${ms}`));

/** Ends the delay of all KV reads, also of those that are under way. */
export async function hurryKv(workerd: Workerd): Promise<void> {
  await delayKv(workerd, 0);
  await control(workerd, ':hurry');
}

/** Makes KV refuse all reads from now on, also those that are under way. */
export const refuseKv = async (workerd: Workerd): Promise<void> => void (await control(workerd, ':refuse'));
