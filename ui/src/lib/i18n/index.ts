export * as format from './format';
export { language, localized, m, type Language } from './language.svelte';
export type { Messages } from './en';
