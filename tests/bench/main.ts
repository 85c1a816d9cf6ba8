import { writeFileSync } from 'node:fs';
import { buildIfChanged } from '../../worker/operate/build-worker.ts';
import type { Measured } from './figure.ts';
import { measurePageBytes } from './page-bytes.ts';
import { measurePublish } from './publish.ts';
import { measureReadPath } from './read-path.ts';

/** Where the figures also go, for programs. */
const RESULTS = 'dist/bench.json';

await buildIfChanged(process.cwd(), console.log);
const all: Measured[] = [];
for (const [name, measure] of [
  ['page bytes', measurePageBytes],
  ['read path', measureReadPath],
  ['publishing', measurePublish],
] as const) {
  console.log(`\n${name}`);
  for (const figure of await measure()) {
    all.push(figure);
    const beside =
      figure.reference === undefined ? '' : `   beside ${figure.reference}, ratio ${figure.ratio}`;
    console.log(
      `${figure.ok ? 'ok  ' : 'OVER'} ${figure.name}: ${figure.value} ${figure.unit}   bound ${figure.bound}${beside}`,
    );
  }
}
writeFileSync(RESULTS, `${JSON.stringify(all, null, 2)}\n`);
console.log(`\nThe same as JSON: ${RESULTS}`);
process.exit(all.every((figure) => figure.ok) ? 0 : 1);
