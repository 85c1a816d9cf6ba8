import type { FactForm, SeedForm } from '../../worker/model/collections/define.ts';

/** The form of a collection whose items are one file each. */
export type FileForm = Extract<SeedForm, { kind: 'files' }>;

/** An item as its file has it, not yet checked by the schemas. */
export type ItemFile = {
  readonly agency: string;
  readonly publishedAt?: string;
  readonly content: { readonly [field: string]: unknown };
};

/** A fault of a file. `line` is counted from 1. */
export type FileFault = { readonly line: number; readonly detail: string };

/**
 * Parses the file that a press officer writes for an item: facts between two lines `---`, then one part for each
 * language. A part begins with a line such as `--- ar ---` and has its heading after `# `. kv-seed/README.md describes
 * the form of each collection.
 */
export function parseItemFile(text: string, form: FileForm): ItemFile | FileFault {
  const lines = text.replace(/^\uFEFF/, '').split(/\r?\n/);
  if (lines[0] !== '---') return { line: 1, detail: 'must begin with a line ---' };
  const end = lines.indexOf('---', 1);
  if (end < 0) return { line: lines.length, detail: 'has no line --- after the facts' };
  const facts = factsOf(lines.slice(1, end), ['agency', 'publishedAt', ...Object.keys(form.facts), 'source']);
  if ('line' in facts) return facts;
  const texts = textsOf(lines, end + 1, form);
  if ('line' in texts) return texts;
  const { agency, publishedAt, ...rest } = facts.single;
  if (agency === undefined) return { line: end + 1, detail: 'has no agency' };
  return {
    agency,
    ...(publishedAt === undefined ? {} : { publishedAt }),
    content: {
      ...Object.fromEntries(
        Object.entries(rest).map(([name, value]) => fieldOf(name, value, form.facts[name] ?? 'text')),
      ),
      ...texts.texts,
      ...(facts.sources.length ? { source: facts.sources } : {}),
    },
  };
}

/** A fact as a field of the content. A number that is not whole stays a text, and the schema reports it. */
function fieldOf(name: string, value: string, form: FactForm): readonly [field: string, value: unknown] {
  if (typeof form === 'object') return [form.within, { [form.as]: value }];
  return [name, form === 'number' && /^-?\d+$/.test(value) ? Number(value) : value];
}

type Facts = {
  readonly single: { readonly [name: string]: string };
  readonly sources: readonly { readonly url: string; readonly title?: string }[];
};

function factsOf(lines: readonly string[], names: readonly string[]): Facts | FileFault {
  const single: Record<string, string> = {};
  const sources: { url: string; title?: string }[] = [];
  for (const [i, text] of lines.entries()) {
    if (text.trim() === '') continue;
    const line = i + 2; // the first line of the file is the opening ---
    const [, name = '', value = ''] = FACT.exec(text) ?? [];
    if (!names.includes(name)) return { line, detail: `must be one of ${listed(names)}` };
    if (name === 'source') {
      const [, url = '', title] = /^(\S+)(?:\s+(.*))?$/.exec(value) ?? [];
      sources.push({ url, ...(title === undefined ? {} : { title }) });
    } else if (name in single) return { line, detail: `has ${name} twice` };
    else single[name] = value;
  }
  return { single, sources };
}

/** Texts by field, then language. */
type Texts = Record<string, Record<string, string>>;

function textsOf(
  lines: readonly string[],
  from: number,
  form: FileForm,
): { readonly texts: Texts } | FileFault {
  const texts: Texts = {};
  for (const part of partsOf(lines, from)) {
    if (part.tag === null) return { line: part.line, detail: 'is before the first line such as --- ar ---' };
    if (part.tag in (texts[form.heading] ?? {}))
      return { line: part.line, detail: `has the language ${part.tag} twice` };
    const fault = readPart(part.tag, part, form, texts);
    if (fault) return fault;
  }
  return { texts };
}

type Part = { readonly tag: string | null; readonly line: number; readonly lines: readonly string[] };

/**
 * The parts of a file after its facts. Text before the first tag is a part without a tag. `line` is a part's first
 * line.
 */
function partsOf(lines: readonly string[], from: number): readonly Part[] {
  const parts: { tag: string | null; line: number; lines: string[] }[] = [];
  for (const [i, text] of lines.entries()) {
    if (i < from) continue;
    const tag = /^--- ([a-z][a-z0-9-]*) ---\s*$/.exec(text)?.[1];
    if (tag !== undefined) parts.push({ tag, line: i + 1, lines: [] });
    else if (parts.length > 0) parts.at(-1)?.lines.push(text);
    else if (text.trim() !== '') parts.push({ tag: null, line: i + 1, lines: [text] });
  }
  return parts;
}

/** Reads a part into `texts`: words, the heading after `# `, then the text or its sections. */
function readPart(tag: string, part: Part, form: FileForm, texts: Texts): FileFault | null {
  const put = (field: string, text: string): boolean => {
    texts[field] ??= {};
    if (tag in texts[field]) return false;
    texts[field][tag] = text;
    return true;
  };
  let index = 0;
  for (; index < part.lines.length && !part.lines[index]?.startsWith('# '); index++) {
    const text = part.lines[index] ?? '';
    if (text.trim() === '') continue;
    const line = part.line + index + 1;
    const [, name = '', value = ''] = FACT.exec(text) ?? [];
    if (!form.words.includes(name)) return { line, detail: missingHeading(form) };
    if (!put(name, value)) return { line, detail: `has ${name} twice` };
  }
  if (index === part.lines.length)
    return { line: part.line, detail: `has no ${form.heading}, which is written after # and a space` };
  put(form.heading, part.lines[index]?.slice(2).trim() ?? '');
  const rest = part.lines.slice(index + 1);
  if (typeof form.text === 'string') {
    put(form.text, rest.join('\n').trim());
    return null;
  }
  return readSections(rest, part.line + index + 2, form.text, put);
}

function readSections(
  lines: readonly string[],
  firstLine: number,
  names: readonly string[],
  put: (field: string, text: string) => boolean,
): FileFault | null {
  const starts = [...lines.entries()].filter(([, text]) => text.startsWith('## '));
  const stray = lines.slice(0, starts[0]?.[0]).findIndex((text) => text.trim() !== '');
  if (stray >= 0) return { line: firstLine + stray, detail: `must be under one of ${headed(names)}` };
  for (const [i, [start, text]] of starts.entries()) {
    const name = text.slice(3).trim();
    const line = firstLine + start;
    if (!names.includes(name)) return { line, detail: `must be one of ${headed(names)}` };
    const body = lines
      .slice(start + 1, starts[i + 1]?.[0])
      .join('\n')
      .trim();
    if (!put(name, body)) return { line, detail: `has ${name} twice` };
  }
  return null;
}

const FACT = /^(\w+): *(.*?) *$/;
const listed = (names: readonly string[]) => names.map((name) => `${name}: …`).join(', ');
const headed = (names: readonly string[]) => names.map((name) => `## ${name}`).join(', ');
const missingHeading = ({ heading, words }: FileForm) =>
  `must be the ${heading}, after # and a space${words.length ? `, or one of ${listed(words)}` : ''}`;
