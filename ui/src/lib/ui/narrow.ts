/** Whether a pane covers its list: under the `split` breakpoint of app.css. */
export const narrow = (): boolean => globalThis.matchMedia?.('(max-width: 999.98px)').matches ?? false;
