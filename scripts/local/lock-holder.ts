import { readFileSync } from 'node:fs';
import { hostname } from 'node:os';
import * as v from 'valibot';
import { type Life, lifeOf, type Place, type Sight, sightOf, thisPlace } from './process-life.ts';
import { userName } from './user-name.ts';

/** Who has a checkout: the program that was started, and the Workers runtimes that it started. */
export type Holder = {
  readonly place: Place;
  readonly program: Life;
  readonly runtimes: readonly Life[];
  /** Where the site is served, as people open it. */
  readonly address: string;
  /** Who started it, as `user@host`. */
  readonly user: string;
};

const life = v.object({
  pid: v.pipe(v.number(), v.safeInteger(), v.minValue(1)),
  born: v.nullable(v.string()),
});

const holder = v.object({
  place: v.object({ machine: v.string(), boot: v.string(), pids: v.string() }),
  program: life,
  runtimes: v.array(life),
  address: v.string(),
  user: v.string(),
});

/** This program as a holder that has started no runtime yet. */
export const thisHolder = (address: string): Holder => ({
  place: thisPlace(),
  program: lifeOf(process.pid) ?? { pid: process.pid, born: null },
  runtimes: [],
  address,
  user: `${userName(process.getuid?.() ?? null)}@${hostname()}`,
});

/**
 * The holder that a file names; null where there is no such file, or none is named, as after a power cut.
 * @throws the system's error where the file can't be read
 */
export function readHolder(file: string): Holder | null {
  try {
    const parsed = v.safeParse(holder, JSON.parse(readFileSync(file, 'utf8')));
    return parsed.success ? parsed.output : null;
  } catch (error) {
    if (
      error instanceof SyntaxError ||
      (error instanceof Error && 'code' in error && error.code === 'ENOENT')
    )
      return null;
    throw error;
  }
}

/** What can be said from here of a holder's program. */
export const sightOfProgram = ({ program, place }: Holder): Sight => sightOf(program, place, thisPlace());

/** The runtimes of a holder that are seen to live. */
export const livingRuntimes = ({ runtimes, place }: Holder): readonly Life[] =>
  runtimes.filter((runtime) => sightOf(runtime, place, thisPlace()) === 'alive');
