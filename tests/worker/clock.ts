const real = Date.now.bind(Date);
let offsetMs = 0;

/**
 * Moves the clock that the Worker and the Newsroom read (they share this isolate here) ahead. It goes on running:
 * timers and KV keep real time, as they would where the platform's clock is corrected.
 */
export function advance(ms: number): void {
  offsetMs += ms;
  Date.now = () => real() + offsetMs;
}
