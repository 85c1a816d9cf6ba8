import type { Rows } from '../../model/rows.ts';
import type { CallContext } from './context.ts';

/** The days as they are stored, and what may be public of them: all that deciding on figures needs. */
export type StoredDays = { readonly rows: Pick<Rows, 'day'>; readonly shown: number };

/** The stored days in memory, for a call that may ask for thousands. */
export const storedDays = ({ memory, shown }: CallContext): StoredDays => ({ rows: memory(), shown });
