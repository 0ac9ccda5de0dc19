export { default as BuyerMessages } from './BuyerMessages.svelte';
export { default as Messages } from './Messages.svelte';
