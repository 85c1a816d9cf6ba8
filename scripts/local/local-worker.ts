import type { ChildProcess } from 'node:child_process';
import { channel } from 'node:diagnostics_channel';
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { extname, join } from 'node:path';
import { isDeepStrictEqual } from 'node:util';
import { convertV4MiniflareOptions, Log, LogLevel, Miniflare } from 'miniflare';
import type { Lock } from './checkout-lock.ts';

type Settings = {
  /** The checkout: `dist` holds the built Worker, `.wrangler/state/v3` the state, as with `wrangler dev`. */
  readonly root: string;
  /** The port on 127.0.0.1; 0 for any free port. */
  readonly port: number;
  readonly operatorKey: string;
  /** Undefined if releases are not signed. */
  readonly signingKey: string | undefined;
  /** The claim of the checkout, which must last as long as the runtime. */
  readonly lock: Lock;
  /**
   * Called when the runtime ends or can't go on. `why` is null if the runtime was asked to end, else the reason as a
   * sentence. The program must exit at once, or Miniflare starts the runtime again.
   */
  readonly onEnd: (why: string | null) => void;
};

/** The built Worker in its runtime. */
export type LocalWorker = {
  /** The address on 127.0.0.1. It changes with each reload. */
  url(): URL;
  /**
   * Replaces the running Worker by the one in `dist`. The state is kept.
   * @throws if the new Worker does not start; then the previous one runs again
   */
  reload(): Promise<void>;
};

const MODULE_TYPES = {
  '.js': 'ESModule',
  '.mjs': 'ESModule',
  '.wasm': 'CompiledWasm',
  '.bin': 'Data',
  '.txt': 'Text',
  '.html': 'Text',
} as const;

/** Starts the built Worker in workerd on 127.0.0.1 with its state on disk, and waits until it listens. */
export async function startLocalWorker(settings: Settings): Promise<LocalWorker> {
  let reloading = false;
  watchRuntimes({
    started: (pid) => {
      try {
        settings.lock.add(pid);
      } catch (error) {
        settings.onEnd(error instanceof Error ? error.message : String(error));
      }
    },
    ended: (pid, failure) => {
      settings.lock.remove(pid);
      if (reloading) return;
      settings.onEnd(
        failure &&
          `The Workers runtime ended by itself (${failure}). Everything that it acknowledged is kept.`,
      );
    },
  });
  useOwnTemporaryFolder(join(settings.root, '.wrangler/tmp'));
  let running = builtWorker(settings);
  const miniflare = new Miniflare(running);
  let url = await miniflare.ready;
  return {
    url: () => url,
    async reload() {
      const next = builtWorker(settings);
      if (isDeepStrictEqual(next, running)) return;
      reloading = true;
      try {
        await miniflare.setOptions(next);
        running = next;
      } catch (cause) {
        await miniflare.setOptions(running);
        throw new Error('The new Worker does not start. The runtime printed the reason above.', { cause });
      } finally {
        url = await miniflare.ready;
        reloading = false;
      }
    },
  };
}

/** The options for Miniflare, with the files of `dist` as they are now: a later build does not change them. */
function builtWorker({ root, port, operatorKey, signingKey }: Settings) {
  const options = JSON.parse(readFileSync(join(root, 'dist/worker-options.json'), 'utf8'));
  return convertV4MiniflareOptions({
    host: '127.0.0.1',
    port,
    log: new Log(LogLevel.WARN),
    logRequests: false,
    cf: false, // Miniflare would fetch a sample of request.cf from the network
    telemetry: { enabled: false },
    resourcePersistencePath: join(root, '.wrangler/state/v3'),
    workers: [
      {
        ...options,
        rootPath: root,
        modules: modulesIn(join(root, 'dist/worker')),
        modulesRoot: join(root, 'dist/worker'),
        bindings: {
          ...options.bindings,
          OPERATOR_KEY: operatorKey,
          ...(signingKey === undefined ? {} : { SIGNING_KEY: signingKey }),
        },
        assets: { ...options.assets, directory: join(root, options.assets.directory) },
      },
    ],
  });
}

/** Keeps Miniflare's temporary files in the checkout and deletes those of a killed Miniflare at the next start. */
function useOwnTemporaryFolder(folder: string): void {
  mkdirSync(folder, { recursive: true });
  for (const name of readdirSync(folder))
    if (name.startsWith('miniflare-')) rmSync(join(folder, name), { recursive: true, force: true });
  process.env[process.platform === 'win32' ? 'TEMP' : 'TMPDIR'] = folder;
}

function modulesIn(folder: string) {
  const main = join(folder, 'index.js');
  if (!existsSync(main)) throw new Error(`${main} is missing`);
  const names = readdirSync(folder).filter((name) => name !== 'index.js' && extname(name) in MODULE_TYPES);
  return ['index.js', ...names].map((name) => {
    const type = MODULE_TYPES[extname(name) as keyof typeof MODULE_TYPES];
    const path = join(folder, name);
    const contents = readFileSync(path);
    return { type, path, contents: type === 'ESModule' || type === 'Text' ? contents.toString() : contents };
  });
}

type Watcher = {
  readonly started: (pid: number) => void;
  /** `failure` is null if the runtime was asked to end, else its signal or exit code. */
  readonly ended: (pid: number, failure: string | null) => void;
};

/**
 * Reports the start and end of each runtime. Miniflare does not expose its runtime's process, but Node reports every
 * child: https://nodejs.org/api/diagnostics_channel.html#event-child_process
 */
function watchRuntimes({ started, ended }: Watcher): void {
  channel('child_process').subscribe((message) => {
    const { process: child } = message as { process: ChildProcess };
    child.once('spawn', () => {
      const { pid } = child;
      if (pid === undefined || !/workerd(\.exe)?$/.test(child.spawnfile)) return;
      // This is early enough: the runtime touches the state only after it has read its configuration. The configuration
      // is larger than a pipe's buffer, so this program still has to send the rest of it.
      started(pid);
      child.once('exit', (code, signal) => {
        // A terminal's Ctrl+C goes to the whole process group, and may reach the runtime first.
        const asked = code === 0 || signal === 'SIGINT' || signal === 'SIGTERM' || signal === 'SIGHUP';
        ended(pid, asked ? null : (signal ?? `code ${code}`));
      });
    });
  });
}
