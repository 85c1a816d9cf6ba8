import { join } from 'node:path';
import * as esbuild from 'esbuild';
import { buildFailed } from '../build-trouble.ts';

/**
 * A bundler of the Worker that can run again and again, each time only for what changed. It writes to `dist/worker`.
 * The options are those that wrangler gives esbuild for this Worker: a test compares the bytes with wrangler's.
 * https://github.com/cloudflare/workers-sdk/blob/main/packages/wrangler/src/deployment-bundle/bundle.ts
 */
export async function workerBundler(root: string): Promise<{
  /** @throws BuildFailed if the sources have faults; then `dist/worker` is unchanged */
  bundle(): Promise<void>;
  /** Stops the bundler. */
  dispose(): Promise<void>;
}> {
  const context = await esbuild.context({
    entryPoints: [join(root, 'worker/index.ts')],
    outdir: join(root, 'dist/worker'),
    absWorkingDir: root,
    bundle: true,
    format: 'esm',
    target: 'es2024',
    supported: { 'import-source': true, using: true },
    conditions: ['workerd', 'worker', 'browser'],
    external: ['cloudflare:*', 'node:*'],
    keepNames: true,
    sourcemap: true,
    define: { 'process.env.NODE_ENV': '"production"' },
    loader: { '.js': 'jsx', '.mjs': 'jsx', '.cjs': 'jsx' },
    logLevel: 'silent',
  });
  return {
    async bundle() {
      await context.rebuild().catch(buildFailed);
    },
    dispose: () => context.dispose(),
  };
}
