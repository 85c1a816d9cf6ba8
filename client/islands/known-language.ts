// uPlot makes a number format of the browser's language as it loads, and fails where `Intl` does not know that one:
// some browsers on Linux say en-US@posix. Imported before it, this puts the page's language in that one's place.
try {
  new Intl.NumberFormat(navigator.language);
} catch {
  Object.defineProperty(navigator, 'language', { value: document.documentElement.lang });
}
