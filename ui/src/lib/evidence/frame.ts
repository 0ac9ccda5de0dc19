/** Pixels on the long side of a frame that is handed over. */
const SIDE = 640;

/** What a film shows now, as JPEG in Base64; null where the web view hands out no pixels of it. */
export async function frameOf(film: HTMLVideoElement): Promise<string | null> {
  const { videoWidth: width, videoHeight: height } = film;
  if (!width || !height) return null;
  const scale = Math.min(1, SIDE / Math.max(width, height));
  const canvas = document.createElement('canvas');
  canvas.width = Math.max(1, Math.round(width * scale));
  canvas.height = Math.max(1, Math.round(height * scale));
  try {
    canvas.getContext('2d')?.drawImage(film, 0, 0, canvas.width, canvas.height);
    return canvas.toDataURL('image/jpeg', 0.85).split(',')[1] ?? null;
  } catch {
    return null;
  }
}
