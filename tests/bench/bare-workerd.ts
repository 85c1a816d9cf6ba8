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

/** A module of a Worker: JavaScript as a string, or bytes that are imported as an ArrayBuffer. */
export type Module = { readonly name: string; readonly content: string | Uint8Array };

/** A workerd without wrangler or miniflare around it. */
export type Workerd = {
  readonly port: number;
  /** The port of KV's stand-in; 0 without one. */
  readonly kvPort: number;
  /** The CPU time of the process so far, in milliseconds. Linux only. */
  cpuMs(): number;
  /** Its output so far, with the warnings of the runtime. */
  output(): string;
  stop(): void;
};

/**
 * Starts a Worker, and a second Worker that stands in for KV if `kv` is not empty.
 * @param worker its modules, the main one first
 * @param start starts workerd: by default on one core, so that CPU times can be compared
 * @throws Error with the output of workerd where it does not start
 */
export async function startWorkerd(
  worker: readonly Module[],
  kv: readonly Module[] = [],
  start = spawnOnOneCore,
): Promise<Workerd> {
  const directory = mkdtempSync(join(tmpdir(), 'nashra-bench-'));
  const main: Service = { name: 'main', modules: worker, port: await freePort(), hasKv: kv.length > 0 };
  const services = [main];
  if (kv.length > 0) services.push({ name: 'kv', modules: kv, port: await freePort() });
  for (const { name, content } of services.flatMap(({ modules }) => modules))
    writeFileSync(join(directory, name), content);
  const config = join(directory, 'config.capnp');
  writeFileSync(config, configText(services));
  const child = start(workerdPath, ['serve', config]);
  let output = '';
  for (const stream of [child.stdout, child.stderr])
    stream?.setEncoding('utf8').on('data', (text: string) => {
      output += text;
    });
  await listening(main.port, child).catch((error: unknown) => {
    throw new Error(`workerd did not start: ${output}`, { cause: error });
  });
  return {
    port: main.port,
    kvPort: services[1]?.port ?? 0,
    cpuMs: () => cpuMsOf(child.pid ?? 0),
    output: () => output,
    stop: () => {
      child.kill('SIGKILL');
      rmSync(directory, { recursive: true, force: true });
    },
  };
}

type Service = {
  readonly name: string;
  readonly modules: readonly Module[];
  readonly port: number;
  readonly hasKv?: boolean;
};

/** Starts a program with its output in pipes. */
export const spawnAnywhere = (program: string, args: readonly string[]): ChildProcess =>
  spawn(program, args, { stdio: ['ignore', 'pipe', 'pipe'] });

/** Starts a program in the same way, on one core where `taskset` is installed. */
export const spawnOnOneCore = (program: string, args: readonly string[]): ChildProcess =>
  spawnSync('taskset', ['-c', '0', 'true']).status === 0
    ? spawnAnywhere('taskset', ['-c', '0', program, ...args])
    : spawnAnywhere(program, args);

const compatibilityDate = (): string =>
  readConfig({ config: 'wrangler.toml' }).compatibility_date ?? '2026-11-01';

function configText(services: readonly Service[]): string {
  const modules = (list: readonly Module[]) =>
    list
      .map(({ name, content }) => {
        const kind = typeof content === 'string' ? 'esModule' : 'data';
        return `(name = "${name}", ${kind} = embed "${name}")`;
      })
      .join(', ');
  const serviceTexts = services.map(
    ({ name, modules: list, hasKv }) =>
      `(name = "${name}", worker = (modules = [${modules(list)}], compatibilityDate = "${compatibilityDate()}", ` +
      `bindings = [${hasKv ? '(name = "BULLETIN", kvNamespace = "kv")' : ''}]))`,
  );
  const sockets = services.map(
    ({ name, port }) => `(name = "${name}", address = "127.0.0.1:${port}", http = (), service = "${name}")`,
  );
  return `using Workerd = import "/workerd/workerd.capnp";
const config :Workerd.Config = (services = [${serviceTexts.join(', ')}], sockets = [${sockets.join(', ')}]);
`;
}

/**
 * Waits until a program listens on its port. Sends no request, so that a Worker stays cold.
 * @throws Error where it ends, or does not listen within 10 s
 */
export async function listening(port: number, child: ChildProcess): Promise<void> {
  for (let i = 0; i < 200; i++) {
    if (child.exitCode !== null) throw new Error(`the program ended with ${child.exitCode}`);
    if (await accepts(port)) return;
    await sleep(50);
  }
  child.kill('SIGKILL');
  throw new Error('nothing listened within 10 s');
}

const accepts = (port: number): Promise<boolean> =>
  new Promise((resolve) => {
    const socket = connect(port, '127.0.0.1', () => {
      socket.destroy();
      resolve(true);
    }).once('error', () => resolve(false));
  });
