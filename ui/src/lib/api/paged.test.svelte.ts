import { flushSync } from 'svelte';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { Paged } from './paged.svelte';
import { client, invalidate } from './queries';

type Row = { id: string };
let stop: (() => void) | undefined;
afterEach(() => {
  stop?.();
  client.clear();
});

/** A list of `total` rows, fetched by `fetch`, in an owner as a component is. */
function list(total: () => number, filter: () => string = () => '') {
  const fetch = vi.fn(async (name: string, offset: number, limit: number) => ({
    total: total(),
    items: Array.from({ length: Math.max(0, Math.min(limit, total() - offset)) }, (_, n) => ({
      id: `${name}${offset + n}`,
    })),
  }));
  let paged!: Paged<Row>;
  stop = $effect.root(() => {
    paged = new Paged<Row>((offset, limit) => ({
      queryKey: ['rows', filter(), offset],
      queryFn: () => fetch(filter(), offset, limit),
      meta: { tags: ['orders'] },
    }));
  });
  flushSync();
  return { paged, fetch };
}
/** Lets answers arrive and effects run. */
async function settle() {
  for (let turn = 0; turn < 3; turn += 1) {
    await new Promise((done) => setTimeout(done));
    flushSync();
  }
}

describe('a list by pages', () => {
  it('fetches what is in sight alone', async () => {
    const { paged, fetch } = list(() => 100_000);
    await settle();
    expect(paged.total).toBe(100_000);
    expect(paged.at(7)).toEqual({ id: '7' });
    expect(paged.at(250)).toBeUndefined();
    paged.want(40_195, 40_210);
    await settle();
    expect(paged.at(40_200)).toEqual({ id: '40200' });
    expect(paged.find((row) => row.id === '40201')).toBe(40_201);
    expect(fetch.mock.calls.map(([, offset]) => offset)).toEqual([0, 40_100, 40_200]);
  });

  it('keeps what it shows until another filter has its rows', async () => {
    let filter = $state('a');
    const { paged } = list(
      () => 3,
      () => filter,
    );
    await settle();
    expect(paged.at(0)).toEqual({ id: 'a0' });
    filter = 'b';
    flushSync();
    expect(paged.at(0)).toEqual({ id: 'a0' });
    await settle();
    expect(paged.at(0)).toEqual({ id: 'b0' });
  });

  it('fetches again when its tag goes stale, and only then', async () => {
    let total = 3;
    const { paged, fetch } = list(() => total);
    await settle();
    total = 2;
    invalidate(['criteria']);
    await settle();
    expect(paged.total).toBe(3);
    invalidate(['orders']);
    await settle();
    expect(paged.total).toBe(2);
    expect(fetch).toHaveBeenCalledTimes(2);
  });

  it('does not keep an answer of before its tag went stale', async () => {
    let total = 0;
    const { paged } = list(() => total);
    // The first read is under way with what was there when it was asked.
    total = 4;
    invalidate(['orders']);
    await settle();
    expect(paged.total).toBe(4);
  });

  it('does not keep what arrives after nobody looks at it any more', async () => {
    let total = 0;
    const { fetch } = list(() => total);
    stop?.();
    total = 4;
    invalidate(['orders']);
    await settle();
    const { paged } = list(() => total);
    await settle();
    expect(paged.total).toBe(4);
    expect(fetch).toHaveBeenCalledOnce();
  });

  it('asks again for what was refused', async () => {
    let broken = true;
    const { paged } = list(() => {
      if (broken) throw { code: 'internal', params: {}, reference: '' };
      return 3;
    });
    await settle();
    expect(paged.error?.code).toBe('internal');
    expect(paged.total).toBeUndefined();
    broken = false;
    paged.retry();
    await settle();
    expect(paged.error).toBeNull();
    expect(paged.total).toBe(3);
  });

  it('wants the last page when the list became shorter', async () => {
    let total = 250;
    const { paged } = list(() => total);
    paged.want(240, 249);
    await settle();
    total = 20;
    invalidate(['orders']);
    await settle();
    paged.want(0, 19);
    await settle();
    expect(paged.at(19)).toEqual({ id: '19' });
  });
});
