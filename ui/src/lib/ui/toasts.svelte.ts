/** A short message near the foot of the window, for what is over. */
export type Toast = {
  id: number;
  text: string;
  tone: 'plain' | 'alert';
  action?: ToastAction;
};

/** What a message offers. */
export type ToastAction = {
  text: string;
  run: () => void;
  /** Takes back what the message tells; then a shortcut does it, too. */
  undo?: boolean;
};

const PLAIN = 5000;
const UNDO = 10_000;

class Toasts {
  list = $state<Toast[]>([]);
  #next = 0;
  #timers = new Map<number, ReturnType<typeof setTimeout>>();
  #held = false;

  /** Shows a message; one with an action stays for ten seconds. */
  show({ text, tone = 'plain', action }: { text: string; tone?: Toast['tone']; action?: ToastAction }): void {
    const toast: Toast = { id: this.#next++, text, tone, action };
    for (const { id } of this.list.slice(0, -2)) this.close(id);
    this.list = [...this.list, toast];
    if (!this.#held) this.#count(toast);
  }

  close(id: number): void {
    clearTimeout(this.#timers.get(id));
    this.#timers.delete(id);
    this.list = this.list.filter((toast) => toast.id !== id);
    // What the pointer or the focus was on is gone with it.
    if (this.list.length === 0) this.#held = false;
  }

  /** Keeps all in sight while somebody is on them. */
  hold(): void {
    this.#held = true;
    for (const timer of this.#timers.values()) clearTimeout(timer);
    this.#timers.clear();
  }

  /** Lets time go on, from the beginning. */
  release(): void {
    if (!this.#held) return;
    this.#held = false;
    for (const toast of this.list) this.#count(toast);
  }

  /** Takes back what the newest message tells, if it can be. False when nothing can. */
  undo(): boolean {
    const toast = this.list.findLast(({ action }) => action?.undo);
    if (!toast?.action) return false;
    this.close(toast.id);
    toast.action.run();
    return true;
  }

  /** Closes all; what they say may not outlive a lock. */
  clear(): void {
    for (const { id } of this.list) this.close(id);
  }

  #count({ id, tone, action }: Toast): void {
    this.#timers.set(
      id,
      setTimeout(() => this.close(id), action || tone === 'alert' ? UNDO : PLAIN),
    );
  }
}

/** The messages shown now. */
export const toasts = new Toasts();
