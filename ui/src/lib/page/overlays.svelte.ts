/** What lies over the window for the moment. Nothing of it survives a lock but drafts, kept elsewhere. */
class Overlays {
  palette = $state(false);
  shortcuts = $state(false);
  /** The message whose writer is looked up, with what it is called. */
  about = $state<{ id: string; label: string } | null>(null);

  /** Looks up whoever wrote a message. */
  lookUp(about: { id: string; label: string }) {
    this.about = about;
    this.palette = true;
  }
}

/** What lies over the window now. */
export const overlays = new Overlays();
