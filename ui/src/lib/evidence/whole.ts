/** Bytes of one answer of the media scheme. */
const PART = 1 << 20;
/** Parts that are asked for at the same time. */
const AT_ONCE = 4;

/** The most that is held in memory to be played. */
export const WHOLE_LIMIT = 512 << 20;

/**
 * Reads an opened exhibit by parts into memory, for web views that cannot play from the scheme itself. It never
 * touches a disk, and it is gone once its address is revoked and the page lets go of it.
 */
export async function readWhole(
  { url, bytes, mime }: { url: string; bytes: number; mime: string },
  signal: AbortSignal,
  onprogress: (share: number) => void,
): Promise<Blob> {
  const count = Math.ceil(bytes / PART);
  const parts = new Array<Blob>(count);
  let next = 0;
  let done = 0;
  const work = async () => {
    for (let n = next++; n < count; n = next++) {
      const answer = await fetch(`${url}?from=${n * PART}`, { signal, cache: 'no-store' });
      const part = await answer.blob();
      if (answer.status !== 206 || part.size !== Math.min(PART, bytes - n * PART)) throw new Error('part');
      parts[n] = part;
      onprogress(++done / count);
    }
  };
  await Promise.all(Array.from({ length: Math.min(AT_ONCE, count) }, work));
  return new Blob(parts, { type: mime });
}
