export { default as CompareSheet } from './CompareSheet.svelte';
export { default as Ground } from './Ground.svelte';
export { default as Waterfall } from './Waterfall.svelte';
