import { execFile } from 'node:child_process';
import { readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { build as buildClient } from '../build-client.ts';
import { BuildFailed } from '../build-trouble.ts';
import { forgetBuild, sourcesHash, writeWorkerOptions } from '../build-worker.ts';
import { messageOf } from '../local/program.ts';
import { workerBundler } from './bundle-worker.ts';

/** The files and folders that `npm run dev` watches. */
export const SOURCES = ['client', 'worker', 'scripts/build-client.ts', 'wrangler.toml'] as const;

/** Builds into `dist` what `npm run build` does, but fast enough for every change. */
export type DevBuilder = {
  /**
   * Returns whether it built. Does nothing if the sources are those of the last attempt, even if that attempt failed.
   * @throws BuildFailed if the sources have faults
   */
  build(): Promise<boolean>;
};

/** Creates a builder for a checkout. Its first `build` always builds. */
export async function devBuilder(root: string): Promise<DevBuilder> {
  const { bundle } = await workerBundler(root);
  const clientBuilder = readFileSync(join(root, 'scripts/build-client.ts'), 'utf8');
  let attemptedHash = '';
  return {
    async build() {
      const hash = await sourcesHash(root, SOURCES);
      if (hash === attemptedHash) return false;
      attemptedHash = hash;
      forgetBuild(root);
      // This process keeps the version of build-client.ts that it has loaded, so a changed one needs a new process.
      if (readFileSync(join(root, 'scripts/build-client.ts'), 'utf8') === clientBuilder) await buildClient();
      else await buildClientInNewProcess(root);
      if (isOptionsOld(root)) await writeOptions(root);
      await bundle();
      return true;
    },
  };
}

async function buildClientInNewProcess(root: string): Promise<void> {
  try {
    await promisify(execFile)(process.execPath, ['scripts/build-client.ts'], { cwd: root });
  } catch (error) {
    throw new BuildFailed(Object(error).stderr?.trim() || messageOf(error));
  }
}

async function writeOptions(root: string): Promise<void> {
  try {
    await writeWorkerOptions(root);
  } catch (error) {
    throw new BuildFailed(`wrangler.toml: ${messageOf(error)}`);
  }
}

/** Whether the Worker's local options are older than the files that they derive from. */
function isOptionsOld(root: string): boolean {
  const timeOf = (path: string) => statSync(join(root, path), { throwIfNoEntry: false })?.mtimeMs ?? 0;
  const written = timeOf('dist/worker-options.json');
  return timeOf('wrangler.toml') >= written || timeOf('package-lock.json') >= written;
}
