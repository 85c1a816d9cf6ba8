import type { ContentOf } from '../worker/model/content.ts';

/** What a news file says, not yet checked by the schemas. `content` has the form of the collection `news`. */
export type NewsFile = {
  readonly agency: string;
  readonly publishedAt?: string;
  readonly content: { readonly [field in keyof ContentOf['news']]?: unknown };
};

/** What is wrong with a file, and where: a line, counted from 1. */
export type FileFault = { readonly line: number; readonly detail: string };

const FACTS = ['agency', 'date', 'publishedAt', 'breakingUntil', 'source'] as const;

/**
 * A news item from the file a press officer writes: facts between two lines `---`, then a part for each language,
 * begun by a line such as `--- ar ---`, with its title after `# `. README.md has the form.
 */
export function parseNewsFile(text: string): NewsFile | FileFault {
  const lines = text.replace(/^\uFEFF/, '').split(/\r?\n/);
  if (lines[0] !== '---') return { line: 1, detail: 'must begin with a line ---' };
  const end = lines.indexOf('---', 1);
  if (end < 0) return { line: lines.length, detail: 'lacks the line --- that ends the facts' };
  const facts = factsOf(lines.slice(1, end));
  if ('line' in facts) return facts;
  const parts = partsOf(lines, end + 1);
  if ('line' in parts) return parts;
  const { agency, date, publishedAt, breakingUntil } = facts.single;
  if (agency === undefined) return { line: end + 1, detail: 'names no agency' };
  return {
    agency,
    ...(publishedAt === undefined ? {} : { publishedAt }),
    content: {
      title: parts.title,
      body: parts.body,
      date,
      ...(breakingUntil === undefined ? {} : { breaking: { until: breakingUntil } }),
      ...(facts.sources.length ? { source: facts.sources } : {}),
    },
  };
}

type Facts = {
  readonly single: { readonly [name: string]: string };
  readonly sources: readonly { readonly url: string; readonly title?: string }[];
};

function factsOf(lines: readonly string[]): Facts | FileFault {
  const single: Record<string, string> = {};
  const sources: { url: string; title?: string }[] = [];
  for (const [i, text] of lines.entries()) {
    if (text.trim() === '') continue;
    const line = i + 2; // the first line of the file is the opening ---
    const [, name = '', value = ''] = /^(\w+): *(.*?) *$/.exec(text) ?? [];
    if (!(FACTS as readonly string[]).includes(name))
      return { line, detail: `must be one of ${FACTS.map((f) => `${f}: …`).join(', ')}` };
    if (name === 'source') {
      const [, url = '', title] = /^(\S+)(?:\s+(.*))?$/.exec(value) ?? [];
      sources.push({ url, ...(title === undefined ? {} : { title }) });
    } else if (name in single) return { line, detail: `says ${name} twice` };
    else single[name] = value;
  }
  return { single, sources };
}

type Parts = { readonly title: Record<string, string>; readonly body: Record<string, string> };

function partsOf(lines: readonly string[], from: number): Parts | FileFault {
  const title: Record<string, string> = {};
  const bodies: Record<string, string[]> = {};
  let language: string | null = null;
  for (const [i, text] of lines.entries()) {
    if (i < from) continue;
    const tag = /^--- ([a-z][a-z0-9-]*) ---\s*$/.exec(text)?.[1];
    if (tag !== undefined) {
      if (tag in bodies) return { line: i + 1, detail: `has the language ${tag} twice` };
      language = tag;
      bodies[tag] = [];
    } else if (language === null) {
      if (text.trim() !== '') return { line: i + 1, detail: 'stands before a line such as --- ar ---' };
    } else if (title[language] === undefined && text.trim() !== '') {
      if (!text.startsWith('# ')) return { line: i + 1, detail: 'must be the title, after # and a space' };
      title[language] = text.slice(2).trim();
    } else bodies[language]?.push(text);
  }
  const body = Object.fromEntries(Object.entries(bodies).map(([tag, text]) => [tag, text.join('\n').trim()]));
  return { title, body };
}
