import type { ChildProcess } from 'node:child_process';
import { channel } from 'node:diagnostics_channel';
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { extname, join } from 'node:path';
import { convertV4MiniflareOptions, Log, LogLevel, Miniflare } from 'miniflare';

type Settings = {
  /** The checkout: `dist` holds the built Worker, `.wrangler/state/v3` the state, as `wrangler dev` has it. */
  readonly root: string;
  readonly port: number;
  readonly operatorKey: string;
  /**
   * Called when the runtime ends: null where it was asked to. Miniflare would start it again unless the program exits
   * at once.
   */
  readonly onEnd: (how: string | null) => void;
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
export async function startLocalWorker({ root, port, operatorKey, onEnd }: Settings): Promise<void> {
  const options = JSON.parse(readFileSync(join(root, 'dist/worker-options.json'), 'utf8'));
  watchRuntime(onEnd);
  useOwnTemporaryFolder(join(root, '.wrangler/tmp'));
  const miniflare = new Miniflare(
    convertV4MiniflareOptions({
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
    }),
  );
  await miniflare.ready;
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
  return ['index.js', ...names].map((name) => ({
    type: MODULE_TYPES[extname(name) as keyof typeof MODULE_TYPES],
    path: join(folder, name),
  }));
}

/**
 * Miniflare keeps its runtime's process to itself, but Node tells of every child:
 * https://nodejs.org/api/diagnostics_channel.html#event-child_process
 */
function watchRuntime(onEnd: (how: string | null) => void): void {
  channel('child_process').subscribe((message) => {
    const { process: child } = message as { process: ChildProcess };
    child.once('exit', (code, signal) => {
      if (!/workerd(\.exe)?$/.test(child.spawnfile)) return;
      // A terminal's Ctrl+C goes to the whole process group, and may reach the runtime first.
      const asked = code === 0 || signal === 'SIGINT' || signal === 'SIGTERM' || signal === 'SIGHUP';
      onEnd(asked ? null : (signal ?? `code ${code}`));
    });
  });
}
