export { default as IncidentSheet } from './IncidentSheet.svelte';
