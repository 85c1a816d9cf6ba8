import type { FieldChange } from '../../../client/page/sections/changes.tsx';
import type { Bulletin } from '../../model/bulletin.ts';
import { headingOf } from '../../model/collections/registry.ts';
import { type FieldsOf, fieldValue } from './field-values.ts';

type ItemCorrection = Exclude<Bulletin['corrections'][number], { kind: 'figure' }>;

/**
 * The fields that a correction of an item changed, in a language: those that can be shown with their values, and the names
 * of the others. Of a withdrawal, what the item was counted as: its heading is the row's.
 */
export function changedFields(
  bulletin: Bulletin,
  correction: ItemCorrection,
  language: string,
): { readonly fields: readonly FieldChange[]; readonly others: readonly string[] } {
  const { kind, collection, metric } = correction;
  const [was, now]: readonly [FieldsOf, FieldsOf] = [correction.was ?? {}, correction.now ?? {}];
  const valueIn = (side: FieldsOf, name: string) =>
    fieldValue(bulletin, { collection, metric: side.metric ?? metric, name, value: side[name] }, language);
  if (kind === 'withdrawal') {
    const heading = headingFieldOf(bulletin, correction);
    const names = Object.keys(was).filter((name) => name !== heading);
    return {
      fields: names.flatMap((name) => {
        const value = valueIn(was, name);
        return value ? [{ name, was: value }] : [];
      }),
      others: [],
    };
  }
  const fields: FieldChange[] = [];
  const others: string[] = [];
  const names = new Set([...Object.keys(was), ...Object.keys(now)]);
  // Without its metric, nobody knows what an amount is about.
  if (metric !== undefined && !names.has('metric') && (names.has('amount') || names.has('total')))
    fields.push({ name: 'metric', was: valueIn({ metric }, 'metric') ?? null });
  for (const name of names) {
    const [previous, current] = [valueIn(was, name), valueIn(now, name)];
    // A text that changed only in another language has nothing to show in this one.
    if (
      previous === undefined ||
      current === undefined ||
      JSON.stringify(previous) === JSON.stringify(current)
    )
      others.push(name);
    else fields.push({ name, was: previous, now: current });
  }
  return { fields, others };
}

function headingFieldOf({ items }: Bulletin, { collection, item }: ItemCorrection): string | undefined {
  const found = items[collection].get(item);
  return found?.content ? headingOf(found.collection, found.content).field : undefined;
}
