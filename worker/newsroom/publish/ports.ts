import type { MemoryRows } from '../../model/memory-rows.ts';
import type { Due } from '../../platform/due.ts';
import type { Templates } from '../documents/templates.ts';
import type { DueKind } from './due-kind.ts';

/** What the publishing loop depends on. Tests pass a faulty KV and another clock. */
export type Ports = {
  readonly storage: DurableObjectStorage;
  readonly kv: KVNamespace;
  readonly due: Due<DueKind>;
  readonly templates: Templates;
  /** The current rows of the bulletin, in memory. */
  readonly rows: () => MemoryRows;
  /** The secret `SIGNING_KEY`: see `signingKeys`. */
  readonly signingSecret: string | undefined;
  readonly nowMs: () => number;
  readonly sleep: (ms: number) => Promise<void>;
};
