export { default as Bell } from './Bell.svelte';
export { jobs } from './jobs.svelte';
export { reportFormat, unscreenableReason } from './reasons';
