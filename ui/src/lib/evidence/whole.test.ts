import { afterEach, expect, it, vi } from 'vitest';
import { readWhole } from './whole';

const MIB = 1 << 20;

function serve(length: number, answer = (from: number) => Math.min(MIB, length - from)) {
  const fetch = vi.fn(async (address: string) => {
    const from = Number(address.split('?from=')[1]);
    return new Response(new Uint8Array(answer(from)).fill(from / MIB), { status: 206 });
  });
  vi.stubGlobal('fetch', fetch);
  return fetch;
}
afterEach(() => vi.unstubAllGlobals());

const read = (bytes: number, onprogress = (_: number) => {}) =>
  readWhole({ url: 'media://x/1', bytes, mime: 'video/mp4' }, new AbortController().signal, onprogress);

it('puts the parts together in their order', async () => {
  const length = 9 * MIB + 3;
  const fetch = serve(length);
  const shares: number[] = [];
  const whole = await read(length, (share) => shares.push(share));
  expect([whole.size, whole.type, fetch.mock.calls.length]).toEqual([length, 'video/mp4', 10]);
  const bytes = new Uint8Array(await whole.arrayBuffer());
  for (let n = 0; n < 10; n++) expect(bytes[n * MIB]).toBe(n);
  expect(shares.at(-1)).toBe(1);
});

it('takes no part for the whole', async () => {
  serve(2 * MIB, (from) => (from === 0 ? MIB : MIB - 1));
  await expect(read(2 * MIB)).rejects.toThrow();
});
