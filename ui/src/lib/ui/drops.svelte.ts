import type { Attachment } from 'svelte/attachments';
import type { FileHandle } from '../api/generated';

/** What receives files dropped on an element that is marked with `data-drop`. */
type Receive = (files: FileHandle[], kind: string) => void;

/**
 * Files dragged over the window. The backend tells where they are; the element under them says what
 * a drop there means.
 */
class Drops {
  /** Files are over the window. */
  over = $state(false);
  /** What lies under them, if it takes files. */
  target = $state.raw<HTMLElement | null>(null);
  #receivers = new WeakMap<HTMLElement, Receive>();
  #labels = new WeakMap<HTMLElement, () => string>();

  /** What a drop there means, in words; undefined where the general words do. */
  get label(): string | undefined {
    return this.target ? this.#labels.get(this.target)?.() : undefined;
  }

  /** Marks an element as a place for files. `kind` ends up in `data-drop` as `exhibit:<kind>`. */
  place(kind: string, receive: Receive, label?: () => string): Attachment<HTMLElement> {
    return (element) => {
      element.dataset.drop = `exhibit:${kind}`;
      this.#receivers.set(element, receive);
      if (label) this.#labels.set(element, label);
      return () => {
        this.#receivers.delete(element);
        this.#labels.delete(element);
        if (this.target === element) this.target = null;
      };
    };
  }

  #under(x: number, y: number): HTMLElement | null {
    for (const element of document.elementsFromPoint(x, y)) {
      let place = element.closest<HTMLElement>('[data-drop]');
      while (place && !this.#receivers.has(place))
        place = place.parentElement?.closest<HTMLElement>('[data-drop]') ?? null;
      if (place) return place;
      // What lies under a dialog or its veil is out of reach.
      if (element.closest('[data-dialog-content], [data-dialog-overlay]')) return null;
    }
    return null;
  }

  move(phase: 'enter' | 'over' | 'leave', x: number, y: number): void {
    this.over = phase !== 'leave';
    this.target = this.over ? this.#under(x, y) : null;
  }

  /** Hands files to what lies under them. False when nothing there takes files. */
  drop(files: FileHandle[], x: number, y: number): boolean {
    const place = this.#under(x, y);
    this.over = false;
    this.target = null;
    const receive = place && this.#receivers.get(place);
    if (!place || !receive) return false;
    receive(files, place.dataset.drop?.replace('exhibit:', '') ?? 'other');
    return true;
  }
}

/** Files dragged over the window now. */
export const drops = new Drops();
