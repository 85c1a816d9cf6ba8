import * as v from 'valibot';

/** The texts that are stored already in what a call edits. */
export class KnownTexts {
  readonly #texts = new Set<string>();

  /** @param stored a stored value: its texts at any depth are known; without it, none are */
  constructor(stored?: unknown) {
    this.#add(stored);
  }

  has(text: string): boolean {
    return this.#texts.has(text);
  }

  #add(value: unknown): void {
    if (typeof value === 'string') this.#texts.add(value);
    else if (typeof value === 'object' && value !== null)
      for (const inner of Object.values(value)) this.#add(inner);
  }
}

/** The configuration of a parse that knows texts. The library hands it to every check. */
export type KnownConfig = v.Config<v.BaseIssue<unknown>> & { readonly known: KnownTexts };

/**
 * A check that is younger than the texts of some sites: texts that the parse knows (see `KnownConfig`) pass, so that an item
 * or the settings from before can still be edited.
 * @param faultOf the fault of a text, by `says`; null if it has none
 */
export const checkNew = <Text extends string>(faultOf: (text: Text) => string | null) =>
  v.rawCheck<Text>(({ dataset, config, addIssue }) => {
    if (!dataset.typed) return;
    const known: unknown = Reflect.get(config, 'known');
    const fault = faultOf(dataset.value);
    if (fault !== null && !(known instanceof KnownTexts && known.has(dataset.value)))
      addIssue({ message: fault });
  });
