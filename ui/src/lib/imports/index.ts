export { asked } from './mapping.svelte';
export { default as MappingSheet } from './MappingSheet.svelte';
export { default as Bell } from './Bell.svelte';
export { jobs } from './jobs.svelte';
export { reportFormat, skipReason, unscreenableReason } from './reasons';
