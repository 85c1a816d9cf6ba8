import { createExecutionContext, env } from 'cloudflare:test';
import { expect } from 'vitest';
import worker from '../../../worker/index.ts';
import { expectCoded, seenCodes } from '../coded-answer.ts';
import { OPERATOR_KEY, pacedStaff, staff } from '../staff-client.ts';

export const health = { 'Nashra-Agency': 'health' };
export const both = (text: string) => ({ ar: text, en: text });

type Said = { readonly code?: string };

/** The codes of an answer: its own, those of its faults, those of its notes. */
export const codesOf = (answer: Awaited<ReturnType<typeof staff>>): string[] =>
  [answer.body, ...(answer.body.errors ?? []), ...(answer.body.notes ?? [])].flatMap(
    ({ code }: Said) => code ?? [],
  );

/** Sends a call that must answer with these codes, among others. The client checks each fault of it. */
export async function shows(
  codes: string,
  method: string,
  path: string,
  options: Parameters<typeof staff>[2] = {},
): Promise<void> {
  const answer = await staff(method, path, options);
  const found = codesOf(answer);
  for (const code of found) seenCodes.add(code);
  const missing = codes.split(' ').filter((code) => !found.includes(code));
  const sent = JSON.stringify(answer.body).slice(0, 1_000);
  expect.soft(missing, `${answer.status} to ${method} ${path}: ${sent}`).toEqual([]);
}

/** Checks an answer that did not come through the client of these tests. */
export async function showsIn(code: string, response: Response): Promise<void> {
  const text = await response.text();
  if (!text.startsWith('{')) return expect.soft(text.slice(0, 200)).toBe(code);
  expectCoded(JSON.parse(text));
  expect.soft(JSON.parse(text).code).toBe(code);
}

export const request = (path: string, key = OPERATOR_KEY, init: RequestInit = {}) =>
  new Request(`https://bulletin.example${path}`, { headers: { Authorization: `Bearer ${key}` }, ...init });
/** The Worker's answer to a request, with other bindings. */
export const fetched = async (call: Request, changes: object = {}) =>
  await worker.fetch(call, { ...env, ...changes }, createExecutionContext());

/** The ids of the items that `add` adds, by name. */
export const ids: Record<string, string> = {};
export async function add(name: string, collection: string, body: object, agency = 'health'): Promise<void> {
  const answer = await pacedStaff('POST', collection, { body, headers: { 'Nashra-Agency': agency } });
  expect(answer.status, JSON.stringify(answer.body)).toBe(201);
  ids[name] = answer.body.id;
}

/** Lines of a file: so many days from one of March 2020, each with a number. */
export const days = (count: number, from: number, number: (i: number) => number): string =>
  Array.from({ length: count }, (_, i) => {
    const date = new Date(Date.UTC(2020, 2, from + i)).toISOString().slice(0, 10);
    return `${date},${number(i)}\n`;
  }).join('');

export const put = (date: string, values: object) =>
  pacedStaff('PUT', `statistics/${date}`, { body: { values }, headers: health });
