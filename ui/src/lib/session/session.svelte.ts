import { api, client, isApiError, type SessionState } from '$lib/api';
import { drafts } from '$lib/drafts';
import { language, m } from '$lib/i18n';
import { theme } from '$lib/theme/theme.svelte';
import { remedy, toasts } from '$lib/ui';

/** Activity is told at most this often, in milliseconds. */
const TELL = 10_000;

/** How long a lock waits for drafts to be kept, in milliseconds. */
const PATIENCE = 300;

/** Whether the vault is open, for whom, and until when. */
class Session {
  state = $state.raw<SessionState | null>(null);
  /** Setting up goes on after the vault exists, until its recovery key is kept. */
  settingUp = $state(false);
  /** When the idle lock falls, in milliseconds since 1970; null while it is off. */
  locksAt = $state<number | null>(null);
  /** When the next passphrase may be tried, in milliseconds since 1970. */
  waitUntil = $state(0);
  /** Where to go back to after unlocking. */
  #back: string | null = null;
  #told = 0;

  /** Reads the state anew. */
  async load(): Promise<void> {
    this.take(await api.session.state({}));
    try {
      theme.density((await api.settings.get({})).density);
    } catch {
      // Rows keep their height until the settings can be read.
    }
  }

  take(state: SessionState): void {
    const before = this.state?.phase;
    this.state = state;
    language.set(state.language);
    theme.set(state.theme);
    this.#idle(state.lock_in_s);
    this.waitUntil = state.unlock_wait_ms > 0 ? Date.now() + state.unlock_wait_ms : 0;
    if (state.phase === 'none') this.settingUp = true;
    if (before === 'open' && state.phase !== 'open') this.#forget();
  }

  /** The backend has locked. */
  locked(): void {
    if (!this.state) return;
    this.#forget();
    this.state = { ...this.state, phase: 'locked', lock_in_s: null, media: null };
    this.locksAt = null;
    void this.load();
  }

  async lock(): Promise<void> {
    // What was typed last is kept, but nothing keeps the lock waiting.
    await Promise.race([drafts.flush(), new Promise((resolve) => setTimeout(resolve, PATIENCE))]);
    try {
      this.take(await api.session.lock({}));
    } catch (thrown) {
      toasts.show({ text: isApiError(thrown) ? remedy(thrown) : m().errors.unknown, tone: 'alert' });
    }
  }

  /** Somebody is there. */
  touch(): void {
    if (this.state?.phase !== 'open' || Date.now() - this.#told < TELL) return;
    this.#told = Date.now();
    api.session.touch({}).then(
      ({ lock_in_s }) => this.#idle(lock_in_s),
      () => this.load(),
    );
  }

  /** Remembers where somebody was; ids only, so that nothing personal outlives the lock. */
  leave(path: string): void {
    this.#back = path;
  }

  /** Where to go after unlocking. */
  return(): string {
    const path = this.#back || '/watch';
    this.#back = null;
    return path;
  }

  #idle(seconds: number | null): void {
    this.locksAt = seconds === null ? null : Date.now() + seconds * 1000;
  }

  /** Everything read leaves memory with the key. */
  #forget(): void {
    client.clear();
    toasts.clear();
  }
}

/** The session of this window. */
export const session = new Session();
