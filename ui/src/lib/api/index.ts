export { Action } from './action.svelte';
export * from './generated';
export { client, invalidate, read, type Input, type Name, type Output } from './queries';
export { Paged } from './paged.svelte';
export { isApiError, listen } from './transport';
