export { exhibitIcon, identifierIcon, timelineIcon } from './icons';
export { default as StatusBadge } from './StatusBadge.svelte';
export { default as TimelineLine } from './TimelineLine.svelte';
