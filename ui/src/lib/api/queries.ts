// Reads through one cache. A read declares its tags; the backend says which tags went stale; nothing
// else decides what is fetched again.
import { QueryClient, type Query } from '@tanstack/svelte-query';
import { api, reads, type ApiError, type Tag } from './generated';

declare module '@tanstack/svelte-query' {
  interface Register {
    defaultError: ApiError;
    queryMeta: { tags: readonly Tag[] };
  }
}

type Api = typeof api;
type UseCase<Name> = Name extends `${infer Feature}.${infer Verb}`
  ? Feature extends keyof Api
    ? Verb extends keyof Api[Feature]
      ? Api[Feature][Verb]
      : never
    : never
  : never;
/** `feature.verb` of every use case. */
export type Name = {
  [Feature in keyof Api]: `${Feature & string}.${keyof Api[Feature] & string}`;
}[keyof Api];
/** What a use case takes. */
export type Input<N extends Name> =
  UseCase<N> extends (...args: infer Args) => unknown
    ? Args extends [infer First, ...unknown[]]
      ? First
      : object
    : never;
/** What a use case answers. */
export type Output<N extends Name> = UseCase<N> extends (...args: never[]) => Promise<infer Answer> ? Answer : never;

/** The cache of everything read. */
export const client = new QueryClient({
  defaultOptions: {
    queries: {
      staleTime: Infinity,
      gcTime: 5 * 60_000,
      retry: false,
      refetchOnWindowFocus: false,
      networkMode: 'always',
    },
  },
});

/** Query options for a use case that reads. */
export function read<N extends Name>(name: N, input: Input<N>) {
  const [feature, verb] = name.split('.') as [string, string];
  const features = api as unknown as Record<string, Record<string, (input: unknown) => Promise<unknown>>>;
  return {
    queryKey: [name, input] as const,
    queryFn: () => features[feature]![verb]!(input) as Promise<Output<N>>,
    meta: { tags: reads[name] ?? [] },
  };
}

/**
 * Fetches again what is shown and carries one of the tags; marks the rest of it stale.
 *
 * An answer that is under way may be of before. The cache drops it only where it has an older one and
 * somebody looks at it; anything else it would take for fresh, so that is marked again once it is there.
 */
export function invalidate(tags: readonly Tag[]): void {
  const touched = { predicate: (query: Query) => query.meta?.tags.some((tag) => tags.includes(tag)) ?? false };
  for (const query of client.getQueryCache().findAll({ ...touched, fetchStatus: 'fetching' })) {
    if (query.state.data !== undefined && query.isActive()) continue;
    const again = () => setTimeout(() => void client.invalidateQueries({ queryKey: query.queryKey, exact: true }));
    query.promise?.then(again, again);
  }
  void client.invalidateQueries(touched);
}
