import { build } from 'esbuild';

/**
 * A Worker as one module, bundled for workerd as wrangler does it.
 * @param entry path of its main module, from where the command runs
 * @throws with esbuild's own words where it can't be bundled
 */
export async function bundleWorker(entry: string): Promise<string> {
  const bundle = await build({
    entryPoints: [entry],
    bundle: true,
    format: 'esm',
    target: 'esnext',
    platform: 'neutral',
    mainFields: ['module', 'main'],
    conditions: ['workerd', 'worker', 'import'],
    external: ['cloudflare:*', 'node:*'],
    jsx: 'automatic',
    jsxImportSource: 'preact',
    write: false,
  });
  const [module] = bundle.outputFiles;
  if (!module) throw new Error(`${entry} was bundled into nothing`);
  return module.text;
}
