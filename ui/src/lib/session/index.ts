export { default as Onboarding } from './Onboarding.svelte';
export { session } from './session.svelte';
export { default as Strength } from './Strength.svelte';
export { default as Unlock } from './Unlock.svelte';
