import { convertV4MiniflareOptions, Miniflare } from 'miniflare';
import { unstable_readConfig as readConfig } from 'wrangler';
import { bundleWorker } from './bundle-worker.ts';

/** The operator's key of a bench's site. */
export const OPERATOR = 'bench-operator-key-bench-operator-key-bench';

/** The whole Worker, its KV counted, in workerd: state in memory, nothing of it kept. */
export async function startCountingSite(): Promise<{ readonly site: Miniflare; readonly url: URL }> {
  const config = readConfig({ config: 'wrangler.toml' });
  const worker = await bundleWorker('tests/bench/counting-worker.ts');
  const site = new Miniflare(
    convertV4MiniflareOptions({
      name: 'bench',
      modules: [{ type: 'ESModule', path: 'index.js', contents: worker }],
      compatibilityDate: config.compatibility_date ?? '',
      compatibilityFlags: ['nodejs_compat'],
      kvNamespaces: ['BULLETIN'],
      durableObjects: { NEWSROOM: { className: 'Newsroom', useSQLite: true } },
      ratelimits: { BAD_KEYS: { namespace_id: '1001', simple: { limit: 20, period: 60 } } },
      bindings: { OPERATOR_KEY: OPERATOR },
      cf: false,
    }),
  );
  return { site, url: await site.ready };
}

/** A staff call that must succeed; gives the parsed body. */
export async function staffCall<T>(url: URL, method: string, path: string, body?: unknown): Promise<T> {
  const response = await fetch(new URL(`/api/v1/staff/${path}`, url), {
    method,
    headers: { Authorization: `Bearer ${OPERATOR}`, 'Content-Type': 'application/json' },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  });
  const text = await response.text();
  if (!response.ok) throw new Error(`${method} ${path}: ${response.status} ${text.slice(0, 500)}`);
  return JSON.parse(text) as T;
}
