import { execFile } from 'node:child_process';
import { readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { build as buildClient } from '../build-client.ts';
import { BuildFailed } from '../build-trouble.ts';
import { forgetBuild, sourcesHash, writeWorkerOptions } from '../build-worker.ts';
import { said } from '../local/program.ts';
import { workerBundler } from './bundle-worker.ts';

/** What is built again when it changes. */
export const SOURCES = ['client', 'worker', 'scripts/build-client.ts', 'wrangler.toml'] as const;

/** Builds into `dist` what `npm run build` does, quick enough to do it at each change. */
export type DevBuilder = {
  /**
   * Whether it built: nothing is done where the sources are those of the build before, whatever came of that.
   * @throws BuildFailed where they have faults
   */
  build(): Promise<boolean>;
};

/** A builder for a checkout, which has built nothing yet. */
export async function devBuilder(root: string): Promise<DevBuilder> {
  const { bundle } = await workerBundler(root);
  const clientBuilder = readFileSync(join(root, 'scripts/build-client.ts'), 'utf8');
  let tried = '';
  return {
    async build() {
      const sources = await sourcesHash(root, SOURCES);
      if (sources === tried) return false;
      tried = sources;
      forgetBuild(root);
      // Node has loaded the program that builds the client; once changed, it runs in a process of its own.
      if (readFileSync(join(root, 'scripts/build-client.ts'), 'utf8') === clientBuilder) await buildClient();
      else await buildClientApart(root);
      if (isOptionsOld(root)) await writeOptions(root);
      await bundle();
      return true;
    },
  };
}

async function buildClientApart(root: string): Promise<void> {
  try {
    await promisify(execFile)(process.execPath, ['scripts/build-client.ts'], { cwd: root });
  } catch (error) {
    throw new BuildFailed(Object(error).stderr?.trim() || said(error));
  }
}

async function writeOptions(root: string): Promise<void> {
  try {
    await writeWorkerOptions(root);
  } catch (error) {
    throw new BuildFailed(`wrangler.toml: ${said(error)}`);
  }
}

/** Whether the Worker's local options were made before what they are made from. */
function isOptionsOld(root: string): boolean {
  const timeOf = (path: string) => statSync(join(root, path), { throwIfNoEntry: false })?.mtimeMs ?? 0;
  const made = timeOf('dist/worker-options.json');
  return timeOf('wrangler.toml') >= made || timeOf('package-lock.json') >= made;
}
