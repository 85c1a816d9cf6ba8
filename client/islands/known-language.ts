// As uPlot loads, it creates a number format for the browser's language, and it fails if `Intl` does not know that
// language: some browsers on Linux report en-US@posix. This module is imported before uPlot and substitutes the page's
// language.
try {
  new Intl.NumberFormat(navigator.language);
} catch {
  Object.defineProperty(navigator, 'language', { value: document.documentElement.lang });
}
