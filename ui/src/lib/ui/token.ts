/** A size of tokens.css in CSS pixels. */
export const token = (name: `--${string}`): number =>
  Number.parseFloat(getComputedStyle(document.documentElement).getPropertyValue(name)) || 0;
