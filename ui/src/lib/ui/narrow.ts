/** Whether a pane covers its list: under the `split` breakpoint of app.css. */
export const narrow = (): boolean => globalThis.matchMedia?.('(max-width: 1000px)').matches ?? false;
