import type { Module } from './bare-workerd.ts';

/** An answer as it was received. `head` holds the status line and the headers. */
export type Answer = { readonly head: string; readonly body: Uint8Array };

/** A Worker that returns this answer from constants to every request: the least work that a Worker can do. */
export const constantModules = (answer: Answer): readonly Module[] => [
  {
    name: 'constant.js',
    content: `${constants([answer])}
const [body, init] = answers[0];
export default { fetch: () => new Response(body, init) };`,
  },
  ...bodies([answer]),
];

/** A Worker that returns these answers from constants, under `/0`, `/1` and so on. */
export const constantsModules = (answers: readonly Answer[]): readonly Module[] => [
  {
    name: 'constant.js',
    content: `${constants(answers)}
export default {
  fetch({ url }) {
    const [body, init] = answers[Number(url.slice(url.lastIndexOf('/') + 1))];
    return new Response(body, init);
  },
};`,
  },
  ...bodies(answers),
];

const bodies = (answers: readonly Answer[]): readonly Module[] =>
  answers.map(({ body }, i) => ({ name: `body-${i}.bin`, content: body }));

function constants(answers: readonly Answer[]): string {
  const imports = answers.map((_, i) => `import body${i} from './body-${i}.bin';`);
  const entries = answers.map(({ head, body }, i) => {
    const [statusLine = '', ...lines] = head.split('\r\n');
    const headers = lines
      .map((line) => /^([^:]+): (.*)$/.exec(line)?.slice(1) ?? [])
      .filter(([name = '']) => !/^(content-length|transfer-encoding|connection)$/i.test(name));
    const status = Number(statusLine.split(' ')[1]);
    const init = `{ status: ${status}, headers: new Headers(${JSON.stringify(headers)}), encodeBody: 'manual' }`;
    return `[${body.length > 0 ? `new Uint8Array(body${i})` : 'null'}, ${init}]`;
  });
  return `${imports.join('\n')}\nconst answers = [${entries.join(', ')}];`;
}
