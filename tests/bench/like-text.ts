/** Gives pseudo-random numbers in [0, 1). */
export type Chance = () => number;

/**
 * Pseudo-random numbers that a seed determines, by the mulberry32 generator (public domain, Tommy Ettinger). Its 32
 * bits of state are enough to choose words.
 */
export function chanceOf(seed: number): Chance {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let t = Math.imul(state ^ (state >>> 15), 1 | state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 2 ** 32;
  };
}

/**
 * Writes texts that compress like those of a corpus: each word follows the previous word somewhere in the corpus. No
 * two texts are alike, because repeated texts would compress far better than what people write. Measured on 25 news
 * items with Brotli 9: the seed's Arabic shrinks to 28%, this one's to 27%; the English to 37% and 39%.
 */
export class LikeText {
  readonly #followers = new Map<string, string[]>();

  constructor(corpus: readonly string[]) {
    for (const text of corpus) {
      let previous = '';
      for (const word of text.split(/\s+/).filter((w) => /[\p{L}\p{N}]/u.test(w))) {
        const followers = this.#followers.get(previous);
        if (followers) followers.push(word);
        else this.#followers.set(previous, [word]);
        previous = word;
      }
    }
  }

  /** A line of about `length` characters and at least one word. */
  line(length: number, chance: Chance): string {
    let text = '';
    let word = '';
    while (text.length < length) {
      // Nothing follows the last word of a text: then the line goes on with a first word.
      const candidates = this.#followers.get(word) ?? this.#followers.get('') ?? [];
      word = candidates[Math.floor(chance() * candidates.length)] ?? '–';
      text += text === '' ? word : ` ${word}`;
    }
    return text;
  }

  /** A text with the lines and list items of `model`, each about as long. */
  shapedAs(model: string, chance: Chance): string {
    return model.replace(/[^\n]+/g, (line) => {
      const mark = /^(- |> |\d+\. )?/.exec(line)?.[0] ?? '';
      return mark + this.line(line.length - mark.length, chance);
    });
  }
}
