import { createSubscriber } from 'svelte/reactivity';

/** A clock that texts may follow. It runs only while something shown reads it. */
class Clock {
  #follow: () => void;

  constructor(every: number) {
    this.#follow = createSubscriber((update) => {
      const timer = setInterval(update, every);
      return () => clearInterval(timer);
    });
  }

  /** Milliseconds since 1970. */
  get now(): number {
    this.#follow();
    return Date.now();
  }
}

/** For relative dates. */
export const minutes = new Clock(20_000);
/** For countdowns. */
export const seconds = new Clock(1000);
