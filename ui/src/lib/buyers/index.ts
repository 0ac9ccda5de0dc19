export { default as Buyer } from './Buyer.svelte';
export { default as Buyers } from './Buyers.svelte';
export { default as FlagSheet } from './FlagSheet.svelte';
