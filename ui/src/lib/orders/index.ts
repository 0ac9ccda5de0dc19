export { default as Orders } from './Orders.svelte';
