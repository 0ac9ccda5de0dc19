/** A short message at the foot of the window, for what is over. */
export type Toast = {
  id: number;
  text: string;
  tone: 'plain' | 'alert';
  action?: { text: string; run: () => void };
};

const PLAIN = 5000;
const UNDO = 10_000;

class Toasts {
  list = $state<Toast[]>([]);
  #next = 0;
  #timers = new Map<number, ReturnType<typeof setTimeout>>();

  /** Shows a message; one with an action stays for ten seconds. */
  show({ text, tone = 'plain', action }: { text: string; tone?: Toast['tone']; action?: Toast['action'] }): void {
    const id = this.#next++;
    this.list = [...this.list.slice(-2), { id, text, tone, action }];
    this.#timers.set(
      id,
      setTimeout(() => this.close(id), action || tone === 'alert' ? UNDO : PLAIN),
    );
  }

  close(id: number): void {
    clearTimeout(this.#timers.get(id));
    this.#timers.delete(id);
    this.list = this.list.filter((toast) => toast.id !== id);
  }

  /** Closes all; what they say may not outlive a lock. */
  clear(): void {
    for (const { id } of this.list) this.close(id);
  }
}

/** The messages shown now. */
export const toasts = new Toasts();
