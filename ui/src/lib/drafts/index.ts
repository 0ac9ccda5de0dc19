export { flagDraft } from './flag.svelte';
export { alertFocus } from './focus.svelte';
export { incidentDraft } from './incident.svelte';
export { drafts } from './store.svelte';
