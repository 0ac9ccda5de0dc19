/** An alert that a clicked notification asked to see. */
class AlertFocus {
  wanted = $state<string | null>(null);

  ask(id: string | null): void {
    this.wanted = id;
  }

  /** Takes the wish; it is granted once. */
  take(): string | null {
    const id = this.wanted;
    this.wanted = null;
    return id;
  }
}

/** The alert asked for from outside. */
export const alertFocus = new AlertFocus();
