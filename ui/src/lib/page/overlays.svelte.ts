/** What lies over the window for the moment. Nothing of it survives a lock but drafts, kept elsewhere. */
class Overlays {
  palette = $state(false);
  shortcuts = $state(false);
}

/** What lies over the window now. */
export const overlays = new Overlays();
