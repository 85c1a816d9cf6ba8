/** Gives pseudo-random numbers in [0, 1). */
export type Chance = () => number;

/**
 * Pseudo-random numbers that a seed determines, so that a run can be repeated: the mulberry32 generator (public domain,
 * Tommy Ettinger).
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
