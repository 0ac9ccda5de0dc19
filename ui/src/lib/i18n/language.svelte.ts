import type { SessionState } from '../api/generated';
import { en, type Messages } from './en';
import { zh } from './zh';

/** The languages of the product. */
export type Language = SessionState['language'];

class Current {
  #code = $state<Language>('zh-CN');

  get code(): Language {
    return this.#code;
  }

  /** The locale for dates and numbers. */
  get locale(): string {
    return this.#code === 'en' ? 'en-GB' : 'zh-CN';
  }

  set(code: Language): void {
    this.#code = code;
    document.documentElement.lang = code;
  }
}

/** The language shown now. */
export const language = new Current();

/** The texts in the language shown now; follows a change of it. */
export function m(): Messages {
  return language.code === 'en' ? en : zh;
}

/** The text of a two-language value in the language shown now. */
export function localized(text: { zh: string; en: string }): string {
  return language.code === 'en' ? text.en : text.zh;
}
