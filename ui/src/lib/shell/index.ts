export { default as Frame } from './Frame.svelte';
