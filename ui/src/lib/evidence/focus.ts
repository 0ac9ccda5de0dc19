/** Takes the keyboard when nothing else in the dialog has it, as when the exhibit before it went. */
export function takesFocus(element: HTMLElement): void {
  const now = document.activeElement;
  if (!now || now === document.body || now.matches('[data-dialog-content]')) element.focus({ preventScroll: true });
}
