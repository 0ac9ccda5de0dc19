export { default as Ends } from './Ends.svelte';
export { classIcon, exhibitIcon, identifierIcon, timelineIcon } from './icons';
export { exhibitKinds, mediaClasses } from './kinds';
export { pairName } from './pairs';
export { default as StatusBadge } from './StatusBadge.svelte';
export { default as TimelineLine } from './TimelineLine.svelte';
