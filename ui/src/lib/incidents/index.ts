export { default as BuyerPicker } from './BuyerPicker.svelte';
export { default as IncidentSheet } from './IncidentSheet.svelte';
