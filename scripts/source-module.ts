import { join } from 'node:path';
import * as esbuild from 'esbuild';
import { buildFailed } from './build-trouble.ts';

/**
 * Bundles a module of this project and runs it, as its sources are at this moment. Node itself reads no JSX, keeps the
 * first version of a module that it has loaded, and tells of a syntax error with a stack.
 * @param root the checkout
 * @param path of the module in the checkout
 * @throws BuildFailed where the sources have faults
 */
export async function sourceModule<Module>(root: string, path: string): Promise<Module> {
  const { outputFiles } = await esbuild
    .build({
      entryPoints: [join(root, path)],
      absWorkingDir: root,
      bundle: true,
      write: false,
      format: 'esm',
      platform: 'node',
      charset: 'utf8',
      logLevel: 'silent',
    })
    .catch(buildFailed);
  const [file] = outputFiles;
  if (!file) throw new Error(`nothing was built of ${path}`);
  return import(`data:text/javascript;base64,${Buffer.from(file.contents).toString('base64')}`);
}
