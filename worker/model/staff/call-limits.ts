const KIB = 1024;
const MIB = 1024 * KIB;

/** A bucket holds `burst` at most, and fills by `perSecond`. What is used is taken out. */
export type Bucket = { readonly perSecond: number; readonly burst: number };

/** How much a staff key may use. Bytes of bodies, and of answers, are counted apart from calls. */
export type CallLimits = {
  readonly calls: Bucket;
  readonly bodyBytes: Bucket;
  readonly answerBytes: Bucket;
  /** The most calls under way at once. A write is under way until its release is public, 5 s at most. */
  readonly atOnce: number;
};

/**
 * The limits of an agency's key. A ministry that posts a day's figures, some items and their corrections one after the
 * other stays far below. One of the largest bodies at once, and one more every 4 s, leave the Newsroom most of its time
 * for others. The largest answer to a list has 4 MiB.
 */
const AGENCY: CallLimits = {
  calls: { perSecond: 20, burst: 200 },
  bodyBytes: { perSecond: 256 * KIB, burst: MIB },
  answerBytes: { perSecond: MIB, burst: 16 * MIB },
  atOnce: 24,
};

/**
 * The limits of the operator's key, which fills sites and imports years of history: against a program that has run
 * wild, not against the operator.
 */
const OPERATOR: CallLimits = {
  calls: { perSecond: 100, burst: 2000 },
  bodyBytes: { perSecond: 8 * MIB, burst: 128 * MIB },
  answerBytes: { perSecond: 16 * MIB, burst: 256 * MIB },
  atOnce: 256,
};

/** The limits of a key: `operator`, or the id of an agency's key. */
export const limitsOf = (key: string): CallLimits => (key === 'operator' ? OPERATOR : AGENCY);
