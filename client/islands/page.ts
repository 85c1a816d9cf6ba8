// The script of every page: it takes away what has ended, opens the answer that was asked for, and brings the live
// chart when the drawn one is touched.

const LONGEST_TIMER_MS = 2 ** 31 - 1; // browsers read a longer delay as none
const TOUCHES = ['pointerenter', 'pointerdown', 'touchstart', 'focusin', 'keydown'] as const;

/** Hides each element marked `data-until` once that instant has come, and looks again at the next one. */
function hideEnded(): void {
  const now = Date.now();
  let next = Number.POSITIVE_INFINITY;
  for (const element of document.querySelectorAll<HTMLElement>('[data-until]')) {
    const until = Date.parse(element.dataset.until ?? '');
    element.hidden = until <= now;
    if (until > now) next = Math.min(next, until);
  }
  if (next < Number.POSITIVE_INFINITY) setTimeout(hideEnded, Math.min(next - now, LONGEST_TIMER_MS));
}

/** Loads the live chart at the first touch, hover, focus or key; if it does not come, at the next one. */
function awaitTouch(section: HTMLElement, plot: SVGElement): void {
  const script = section.dataset.script;
  if (script === undefined) return;
  plot.setAttribute('tabindex', '0');
  const stop = new AbortController();
  const start = async () => {
    stop.abort();
    try {
      const island: typeof import('./chart.ts') = await import(script);
      await island.takeOver(section, plot);
    } catch {
      // The drawn chart stays as it is: it says the same.
      awaitTouch(section, plot);
    }
  };
  for (const touch of TOUCHES) plot.addEventListener(touch, start, { signal: stop.signal, passive: true });
}

/** Opens the answer that the address points at. */
function openTarget(): void {
  const target = document.getElementById(location.hash.slice(1));
  if (target instanceof HTMLDetailsElement) target.open = true;
}

hideEnded();
openTarget();
window.addEventListener('hashchange', openTarget);
// Timers of a sleeping device run late.
document.addEventListener('visibilitychange', hideEnded);

const section = document.querySelector<HTMLElement>('.chart');
const plot = section?.querySelector<SVGElement>('.plot');
if (section && plot) awaitTouch(section, plot);
