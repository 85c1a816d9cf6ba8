import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { connect } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { unstable_readConfig as readConfig } from 'wrangler';
import { freePort } from '../free-port.ts';
import { cpuMsOf } from './cpu-ms.ts';

// The package has no types: its default export is the path of the binary.
const workerdPath: string = createRequire(import.meta.url)('workerd').default;

/** A module of a Worker, the main one first: JavaScript, or bytes it imports as an ArrayBuffer. */
export type Module = { readonly name: string; readonly content: string | Uint8Array };

/** A workerd without wrangler or miniflare around it. */
export type Workerd = {
  readonly port: number;
  /** Of what stands in for KV; 0 where there is none. */
  readonly kvPort: number;
  /** CPU time the process has used, in milliseconds. Linux only. */
  cpuMs(): number;
  /** All it has written so far, warnings of the runtime among it. */
  said(): string;
  stop(): void;
};

/** Starts a Worker, with a second one in KV's place if it needs one, on one core where the machine has two. */
export async function startWorkerd(worker: readonly Module[], kv?: readonly Module[]): Promise<Workerd> {
  const directory = mkdtempSync(join(tmpdir(), 'nashra-bench-'));
  const [port, kvPort] = [await freePort(), kv ? await freePort() : 0];
  for (const { name, content } of [...worker, ...(kv ?? [])]) writeFileSync(join(directory, name), content);
  const config = join(directory, 'config.capnp');
  writeFileSync(config, configText(worker, kv, port, kvPort));
  const serve = [workerdPath, 'serve', config];
  const pinned =
    spawnSync('taskset', ['-c', '0', 'true']).status === 0 ? ['taskset', '-c', '0', ...serve] : serve;
  const child = spawn(pinned[0] ?? '', pinned.slice(1), { stdio: ['ignore', 'pipe', 'pipe'] });
  let said = '';
  for (const stream of [child.stdout, child.stderr])
    stream.setEncoding('utf8').on('data', (text: string) => {
      said += text;
    });
  await listening(port, child).catch((error: unknown) => {
    throw new Error(`workerd did not start: ${said}`, { cause: error });
  });
  return {
    port,
    kvPort,
    cpuMs: () => cpuMsOf(child.pid ?? 0),
    said: () => said,
    stop: () => {
      child.kill('SIGKILL');
      rmSync(directory, { recursive: true, force: true });
    },
  };
}

const compatibilityDate = (): string =>
  readConfig({ config: 'wrangler.toml' }).compatibility_date ?? '2026-11-01';

function configText(
  worker: readonly Module[],
  kv: readonly Module[] | undefined,
  port: number,
  kvPort: number,
): string {
  const modules = (list: readonly Module[]) =>
    list
      .map(({ name, content }) => {
        const kind = typeof content === 'string' ? 'esModule' : 'data';
        return `(name = "${name}", ${kind} = embed "${name}")`;
      })
      .join(', ');
  const service = (name: string, list: readonly Module[], bindings = '') =>
    `(name = "${name}", worker = (modules = [${modules(list)}], compatibilityDate = "${compatibilityDate()}", ` +
    `bindings = [${bindings}]))`;
  const socket = (name: string, at: number) =>
    `(name = "${name}", address = "127.0.0.1:${at}", http = (), service = "${name}")`;
  const services = [
    service('main', worker, kv ? '(name = "BULLETIN", kvNamespace = "kv")' : ''),
    ...(kv ? [service('kv', kv)] : []),
  ];
  const sockets = [socket('main', port), ...(kv ? [socket('kv', kvPort)] : [])];
  return `using Workerd = import "/workerd/workerd.capnp";
const config :Workerd.Config = (services = [${services.join(', ')}], sockets = [${sockets.join(', ')}]);
`;
}

/** Resolves once something listens on the port. Nothing is asked of it: a Worker that nobody has read is cold. */
async function listening(port: number, child: ChildProcess): Promise<void> {
  for (let i = 0; i < 200; i++) {
    if (child.exitCode !== null) throw new Error(`workerd ended with ${child.exitCode}`);
    if (await accepts(port)) return;
    await sleep(50);
  }
  child.kill('SIGKILL');
  throw new Error('workerd did not listen within 10 s');
}

const accepts = (port: number): Promise<boolean> =>
  new Promise((resolve) => {
    const socket = connect(port, '127.0.0.1', () => {
      socket.destroy();
      resolve(true);
    }).once('error', () => resolve(false));
  });
