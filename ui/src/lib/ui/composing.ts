/** Whether a key belongs to an input method that is putting a word together, so that it means nothing else. */
export const composing = (event: KeyboardEvent): boolean =>
  // Safari tells it by the code alone.
  event.isComposing || event.keyCode === 229;
