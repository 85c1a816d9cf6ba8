import { join } from 'node:path';
import * as esbuild from 'esbuild';
import { buildFailed } from './build-trouble.ts';

/**
 * Bundles a module of this project from its present sources and imports it. A plain `import` does not do: Node can't
 * read JSX, keeps the first version of each module that it loads, and reports a syntax error with a stack.
 * @param root the checkout
 * @param path the module's path in the checkout
 * @throws BuildFailed if the sources have faults
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
  if (!file) throw new Error(`esbuild gave no output for ${path}`);
  return import(`data:text/javascript;base64,${Buffer.from(file.contents).toString('base64')}`);
}
