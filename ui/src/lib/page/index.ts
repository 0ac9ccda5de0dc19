export { overlays } from './overlays.svelte';
export { default as Page } from './Page.svelte';
export { command } from './platform';
