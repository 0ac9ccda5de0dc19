import { read, type ExhibitView, type KindCount, type ListExhibits } from '$lib/api';

/** What comes with every page of a list of exhibits. */
export type ExhibitPage = { total: number; items: ExhibitView[]; counts_by_kind: KindCount[] };

/** Query options for one page of exhibits, in the shape that lists by pages want. */
export function exhibitPage(input: ListExhibits) {
  const query = read('exhibits.list', input);
  return {
    ...query,
    queryKey: [...query.queryKey, 'items'],
    queryFn: async (): Promise<ExhibitPage> => {
      const { rows, ...rest } = await query.queryFn();
      return { ...rest, items: rows };
    },
    // What somebody searched for may be personal data: it does not stay in memory.
    gcTime: input.text ? 0 : undefined,
  };
}
