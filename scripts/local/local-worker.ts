import type { ChildProcess } from 'node:child_process';
import { channel } from 'node:diagnostics_channel';
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { extname, join } from 'node:path';
import { isDeepStrictEqual } from 'node:util';
import { convertV4MiniflareOptions, Log, LogLevel, Miniflare } from 'miniflare';
import type { Lock } from './checkout-lock.ts';

type Settings = {
  /** The checkout: `dist` holds the built Worker, `.wrangler/state/v3` the state, as `wrangler dev` has it. */
  readonly root: string;
  /** Where it listens on 127.0.0.1; 0 for any port that is free. */
  readonly port: number;
  readonly operatorKey: string;
  /** The claimed checkout, which lasts as long as the runtime does. */
  readonly lock: Lock;
  /**
   * Called when the runtime ends, or can't go on: null where it was asked to end, else why, as a sentence. Miniflare
   * would start it again unless the program exits at once.
   */
  readonly onEnd: (why: string | null) => void;
};

/** The built Worker in its runtime. */
export type LocalWorker = {
  /** Where it answers, on 127.0.0.1, until it is reloaded. */
  url(): URL;
  /**
   * Runs what `dist` holds now in the place of what is running; the state is kept.
   * @throws where the new Worker does not start; then the one before runs again
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

/** Starts the built Worker in workerd on 127.0.0.1, its state on disk, and waits until it listens. */
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
    ended: (pid, how) => {
      settings.lock.drop(pid);
      if (reloading) return;
      settings.onEnd(how && `The Workers runtime ended by itself (${how}). All it acknowledged is kept.`);
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
        throw new Error('The new Worker does not start: the runtime has said above why.', { cause });
      } finally {
        url = await miniflare.ready;
        reloading = false;
      }
    },
  };
}

/** What Miniflare runs: the files of `dist`, read now, so that a build after it changes nothing. */
function builtWorker({ root, port, operatorKey }: Settings) {
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
        bindings: { ...options.bindings, OPERATOR_KEY: operatorKey },
        assets: { ...options.assets, directory: join(root, options.assets.directory) },
      },
    ],
  });
}

/** Miniflare's temporary files stay behind when it is killed: kept in the checkout, they go at the next start. */
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
  /** `how` is null where it was asked to end. */
  readonly ended: (pid: number, how: string | null) => void;
};

/**
 * Miniflare keeps its runtime's process to itself, but Node tells of every child:
 * https://nodejs.org/api/diagnostics_channel.html#event-child_process
 */
function watchRuntimes({ started, ended }: Watcher): void {
  channel('child_process').subscribe((message) => {
    const { process: child } = message as { process: ChildProcess };
    child.once('spawn', () => {
      const { pid } = child;
      if (pid === undefined || !/workerd(\.exe)?$/.test(child.spawnfile)) return;
      // In time: the runtime touches the state only once it has its configuration, which is larger than a pipe holds,
      // so that this program goes on sending it after this.
      started(pid);
      child.once('exit', (code, signal) => {
        // A terminal's Ctrl+C goes to the whole process group, and may reach the runtime first.
        const asked = code === 0 || signal === 'SIGINT' || signal === 'SIGTERM' || signal === 'SIGHUP';
        ended(pid, asked ? null : (signal ?? `code ${code}`));
      });
    });
  });
}
