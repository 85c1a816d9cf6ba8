import { writeFileSync } from 'node:fs';
import { buildIfChanged } from '../../scripts/build-worker.ts';
import type { Measured } from './figure.ts';
import { measurePageBytes } from './page-bytes.ts';
import { measurePublish } from './publish.ts';
import { measureReadKinds } from './read-kinds.ts';
import { measureReadPath } from './read-path.ts';

/** The file with the same figures for programs. */
const RESULTS = 'dist/bench.json';

await buildIfChanged(process.cwd(), console.log);
const figures: Measured[] = [];
for (const [name, measure] of [
  ['page bytes', measurePageBytes],
  ['read path', measureReadPath],
  ['kinds of answers', measureReadKinds],
  ['publishing', measurePublish],
] as const) {
  console.log(`\n${name}`);
  for (const figure of await measure(figures)) {
    figures.push(figure);
    const { name, value, unit, bound, reference, against, ratio, ok } = figure;
    console.log(
      `${ok ? 'ok  ' : 'OVER'} ${name}: ${value} ${unit}   bound ${bound}   reference ${reference} (${against}), ratio ${ratio ?? '-'}`,
    );
  }
}
writeFileSync(RESULTS, `${JSON.stringify(figures, null, 2)}\n`);
console.log(`\nThe same as JSON: ${RESULTS}`);
process.exit(figures.every((figure) => figure.ok) ? 0 : 1);
