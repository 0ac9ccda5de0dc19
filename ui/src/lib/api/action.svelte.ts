import type { ApiError } from './generated';
import { isApiError } from './transport';

/** One thing a person may start: whether it runs, and why it was refused last. */
export class Action {
  busy = $state(false);
  error = $state<ApiError | null>(null);

  /** Runs `work` unless it runs already. Keeps a refusal instead of throwing; then returns undefined. */
  async run<T>(work: () => Promise<T>): Promise<T | undefined> {
    if (this.busy) return undefined;
    this.busy = true;
    this.error = null;
    try {
      return await work();
    } catch (thrown) {
      this.error = isApiError(thrown) ? thrown : { code: 'unknown', params: {}, reference: '' };
      return undefined;
    } finally {
      this.busy = false;
    }
  }
}
