export { default as Signals } from './Signals.svelte';
