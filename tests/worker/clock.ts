const real = Date.now.bind(Date);
let offsetMs = 0;

/**
 * Moves the clock of the Worker and the Newsroom ahead by `ms` (in tests, both share this isolate). The clock keeps
 * running. Timers and KV keep real time, as they do when the platform corrects its clock.
 */
export function advanceClock(ms: number): void {
  offsetMs += ms;
  Date.now = () => real() + offsetMs;
}
