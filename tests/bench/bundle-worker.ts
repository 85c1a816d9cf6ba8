import { build } from 'esbuild';

/**
 * Bundles a Worker for workerd into one module, as wrangler does.
 * @param entry the path of its main module, from the working directory
 * @throws esbuild's error where the Worker can't be bundled
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
  if (!module) throw new Error(`${entry} gave no bundle`);
  return module.text;
}
