import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { COLLECTIONS, seedFormOf } from '../../worker/model/collections/registry.ts';
import { enMessages, MESSAGE_CODES, paramNames, type Sentence } from '../../worker/model/messages.ts';
import { STAFF_CALLS } from '../../worker/model/staff/calls.ts';

const root = join(import.meta.dirname, '../..');
const read = (file: string) => readFileSync(join(root, file), 'utf8');
const contract = read('docs/contract.md');
const seedGuide = join(root, 'kv-seed/README.md');

describe('the documentation', () => {
  it.each(COLLECTIONS)('has the fields of %s in the contract', (name) => {
    expect(contract).toMatch(new RegExp(`^\\| ${name} \\| \``, 'm'));
  });

  // The folder is an adopter's own, and need not have the guide.
  it.runIf(existsSync(seedGuide)).each(COLLECTIONS)('has the form of %s in the guide to the seed', (name) => {
    expect(readFileSync(seedGuide, 'utf8')).toContain(
      `\`${name}${seedFormOf(name).kind === 'list' ? '.json' : '/*.md'}\``,
    );
  });

  it.each(Object.values(STAFF_CALLS).map(({ path }) => path))(
    'has the staff call %s in the contract',
    (path) => {
      expect(contract).toContain(path);
    },
  );

  it('has no command that puts a key into the process list', () => {
    for (const file of ['README.md', 'CONTRIBUTING.md', 'docs/contract.md', 'kv-seed/README.md'])
      if (existsSync(join(root, file)))
        expect(read(file), file).not.toMatch(/(-H|--header|-u)[ =]?["'][^"']*\$|OPERATOR_KEY=\$\(/);
  });

  // `npx vitest run tests/node/docs.test.ts -u` writes it.
  it('has each code with its parameters and its English text', async () => {
    const rows = MESSAGE_CODES.map((code) => {
      const sentence: Sentence = enMessages.sentences[code];
      const text = typeof sentence === 'string' ? sentence : sentence.other;
      const params = paramNames(code).map((name) => `\`${name}\``);
      return `| \`${code}\` | ${params.join(', ')} | ${text.replaceAll('|or', '')} |\n`;
    });
    await expect(`${CODES_HEAD}${rows.join('')}`).toMatchFileSnapshot(join(root, 'docs/codes.md'));
    expect(contract).toContain('(codes.md)');
  });

  it('links to files that exist', () => {
    const files = ['README.md', 'CONTRIBUTING.md', 'CHANGELOG.md'].concat(
      readdirSync(join(root, 'docs'), { recursive: true, encoding: 'utf8' })
        .filter((file) => file.endsWith('.md'))
        .map((file) => `docs/${file}`),
    );
    for (const file of files)
      for (const [, target = ''] of read(file).matchAll(/\]\((?!https?:|#)([^)#\s]+)/g))
        expect(() => read(join(dirname(file), target)), `${file}: ${target}`).not.toThrow();
  });

  it('names files that exist, but for those of the example of a collection', () => {
    for (const file of ['README.md', 'CONTRIBUTING.md', 'docs/architecture.md'])
      for (const [, path = ''] of read(file).matchAll(
        /`((?:worker|client|scripts|tests|docs)\/[\w./-]+\.\w+)`/g,
      ))
        if (!path.includes('shelters')) expect(() => read(path), `${file}: ${path}`).not.toThrow();
  });
});

const CODES_HEAD = `# Codes

What a refusal of a staff call, each of its \`errors\`, and a note about a change of figures may say: the \`code\`, its parameters,
and \`detail\`, in English. [The contract](contract.md#staff-calls) says what a client may rely on; notes that doubt figures have
[codes of their own](contract.md#doubtful-figures). Where a number has plural forms, the table has the form for many: \`detail\`
may have the one for zero or one. A fault of a file has \`row\` and \`column\` besides, and begins with them.

| code | parameters | English |
|---|---|---|
`;
