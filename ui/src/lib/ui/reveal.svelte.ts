/** How long revealed data stays in sight, in milliseconds. */
const SHOWN = 30_000;

/**
 * Personal data in sight on request. It goes out of sight after half a minute, when the window loses
 * the focus, and with the component.
 */
export class Reveal<Values> {
  values = $state.raw<Values | null>(null);
  #timer: ReturnType<typeof setTimeout> | undefined;

  constructor() {
    $effect(() => {
      const hide = () => this.hide();
      window.addEventListener('blur', hide);
      return () => {
        window.removeEventListener('blur', hide);
        this.hide();
      };
    });
  }

  show(values: Values): void {
    this.values = values;
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => this.hide(), SHOWN);
  }

  hide(): void {
    clearTimeout(this.#timer);
    this.values = null;
  }
}
