import { readFileSync } from 'node:fs';
import { hostname } from 'node:os';
import * as v from 'valibot';
import {
  type Place,
  type ProcessRecord,
  type ProcessState,
  recordOf,
  stateOf,
  thisPlace,
} from './process-record.ts';
import { userName } from './user-name.ts';

/** The holder of a checkout: the program that was started, and the Workers runtimes that it started. */
export type Holder = {
  readonly place: Place;
  readonly program: ProcessRecord;
  readonly runtimes: readonly ProcessRecord[];
  /** The address at which people open the site. */
  readonly address: string;
  /** Who started the program, as `user@host`. */
  readonly user: string;
};

const processRecord = v.object({
  pid: v.pipe(v.number(), v.safeInteger(), v.minValue(1)),
  born: v.nullable(v.string()),
});

const holder = v.object({
  place: v.object({ machine: v.string(), boot: v.string(), pids: v.string() }),
  program: processRecord,
  runtimes: v.array(processRecord),
  address: v.string(),
  user: v.string(),
});

/** This program as a holder that has started no runtime yet. */
export const thisHolder = (address: string): Holder => ({
  place: thisPlace(),
  program: recordOf(process.pid) ?? { pid: process.pid, born: null },
  runtimes: [],
  address,
  user: `${userName(process.getuid?.() ?? null)}@${hostname()}`,
});

/**
 * Reads the holder in a lock file; null if the file does not exist or is incomplete, as after a power failure.
 * @throws the system's error if the file can't be read
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

/** Whether a holder's program is alive, as far as this program can see. */
export const programState = ({ program, place }: Holder): ProcessState =>
  stateOf(program, place, thisPlace());

/** The runtimes of a holder that this program can see alive. */
export const livingRuntimes = ({ runtimes, place }: Holder): readonly ProcessRecord[] =>
  runtimes.filter((runtime) => stateOf(runtime, place, thisPlace()) === 'alive');
