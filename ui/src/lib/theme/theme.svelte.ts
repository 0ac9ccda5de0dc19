import type { Settings } from '../api/generated';

const KEY = 'theme';
const dark = globalThis.matchMedia?.('(prefers-color-scheme: dark)');

/** Light or dark, and how close rows stand. Follows the system live where it is told to. */
class Theme {
  #wanted: Settings['theme'] = 'system';
  /** What is shown now. */
  shown = $state<'light' | 'dark'>('light');

  constructor() {
    // The last choice, so that the window does not flash before the settings are read.
    const last = globalThis.localStorage?.getItem(KEY);
    this.set(last === 'light' || last === 'dark' ? last : 'system');
    dark?.addEventListener('change', () => this.set(this.#wanted));
  }

  set(wanted: Settings['theme']): void {
    this.#wanted = wanted;
    globalThis.localStorage?.setItem(KEY, wanted);
    this.shown = wanted === 'system' ? (dark?.matches ? 'dark' : 'light') : wanted;
    document.documentElement.dataset.theme = this.shown;
  }

  density(rows: Settings['density']): void {
    document.documentElement.dataset.density = rows;
  }
}

/** The looks shown now. */
export const theme = new Theme();
