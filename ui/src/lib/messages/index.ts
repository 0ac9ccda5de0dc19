export { default as Messages } from './Messages.svelte';
