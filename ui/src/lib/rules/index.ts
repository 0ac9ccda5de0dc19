export { default as Rules } from './Rules.svelte';
export { Clauses } from './titles.svelte';
