// The script of every page: it hides what has ended, opens the answer that the address names, and loads the live chart
// when a reader touches the drawn chart.

const MAX_TIMER_MS = 2 ** 31 - 1; // browsers treat a longer delay as 0
const TOUCHES = ['pointerenter', 'pointerdown', 'touchstart', 'focusin', 'keydown'] as const;

/** Hides each element whose `data-until` instant is past, and runs again at the next such instant. */
function hideEnded(): void {
  const now = Date.now();
  let next = Number.POSITIVE_INFINITY;
  for (const element of document.querySelectorAll<HTMLElement>('[data-until]')) {
    const until = Date.parse(element.dataset.until ?? '');
    element.hidden = until <= now;
    if (until > now) next = Math.min(next, until);
  }
  if (next < Number.POSITIVE_INFINITY) setTimeout(hideEnded, Math.min(next - now, MAX_TIMER_MS));
}

/** Loads the live chart at the first touch, hover, focus or key. If loading fails, tries again at the next. */
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
      // The drawn chart stays. It shows the same.
      awaitTouch(section, plot);
    }
  };
  for (const touch of TOUCHES) plot.addEventListener(touch, start, { signal: stop.signal, passive: true });
}

/** Opens the answer that the address's fragment names. */
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
