import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { freePort } from '../free-port.ts';
import { listening, spawnOnOneCore } from './bare-workerd.ts';
import type { Answer } from './constant-worker.ts';
import { cpuMsOf } from './cpu-ms.ts';

/** A running nginx. `cpuMs` gives its CPU time so far, in milliseconds. */
export type Nginx = { readonly port: number; cpuMs(): number; stop(): void };

/** On Debian, nginx is not on every user's path. */
const PROGRAM = ['nginx', '/usr/sbin/nginx'].find((path) => spawnSync(path, ['-v']).status === 0);

/**
 * Starts nginx as one process on one core. It serves these answers from files, under `/0`, `/1` and so on, with the
 * same bodies and headers, except for the headers that nginx writes itself. Null if nginx is not installed.
 */
export async function startNginx(answers: readonly Answer[]): Promise<Nginx | null> {
  if (PROGRAM === undefined) return null;
  const directory = mkdtempSync(join(tmpdir(), 'nashra-nginx-'));
  const port = await freePort();
  for (const [i, { body }] of answers.entries()) writeFileSync(join(directory, `${i}.bin`), body);
  const config = join(directory, 'nginx.conf');
  writeFileSync(config, configText(directory, port, answers));
  const child = spawnOnOneCore(PROGRAM, ['-p', directory, '-c', config, '-e', join(directory, 'error.log')]);
  await listening(port, child);
  return {
    port,
    cpuMs: () => cpuMsOf(child.pid ?? 0),
    stop: () => {
      child.kill('SIGKILL');
      rmSync(directory, { recursive: true, force: true });
    },
  };
}

function configText(directory: string, port: number, answers: readonly Answer[]): string {
  return `daemon off;
master_process off;
pid ${directory}/nginx.pid;
events { worker_connections 256; }
http {
  access_log off;
  etag off;
  sendfile on;
  tcp_nopush on;
  keepalive_requests 1000000000;
  open_file_cache max=100;
  open_file_cache_valid 60s;
  ${['client_body', 'proxy', 'fastcgi', 'uwsgi', 'scgi'].map((name) => `${name}_temp_path ${directory};`).join(' ')}
  server {
    listen 127.0.0.1:${port} backlog=1024;
    ${answers.map((answer, i) => location(directory, answer, i)).join('\n    ')}
  }
}
`;
}

function location(directory: string, { head, body }: Answer, i: number): string {
  const [statusLine = '', ...lines] = head.split('\r\n');
  const status = statusLine.split(' ')[1] ?? '200';
  const headers = lines
    .map((line) => /^([^:]+): (.*)$/.exec(line)?.slice(1) ?? [])
    .filter(([name = '']) => !/^(content-length|content-type|date|server|transfer-encoding)$/i.test(name))
    .map(([name, value = '']) => `add_header ${name} ${quoted(value)} always;`)
    .join(' ');
  const type = /^content-type: (.*)$/im.exec(head)?.[1] ?? 'text/plain';
  const file = `alias ${directory}/${i}.bin; default_type ${quoted(type)}; ${headers}`;
  if (body.length === 0) return `location = /${i} { ${headers} return ${status}; }`;
  if (status === '200') return `location = /${i} { ${file} }`;
  return `location = /${i} { error_page ${status} /${i}.body; return ${status}; } location = /${i}.body { internal; ${file} }`;
}

const quoted = (value: string): string => `"${value.replace(/["\\]/g, '\\$&').replace(/\$/g, '')}"`;
