/** The files that the clipboard holds: a picture of the screen, or what a file manager copied. */
export function clipped(data: Pick<DataTransfer, 'items'> | null): File[] {
  return [...(data?.items ?? [])].flatMap((item) => (item.kind === 'file' ? (item.getAsFile() ?? []) : []));
}

/** A file's content in Base64. */
export function base64(file: Blob): Promise<string> {
  return new Promise((resolve, reject) => {
    const reader = new FileReader();
    reader.onload = () => resolve(String(reader.result).replace(/^data:[^,]*,/, ''));
    reader.onerror = () => reject(reader.error ?? new Error('unreadable'));
    reader.readAsDataURL(file);
  });
}

/** The web view of Linux tells a page of no picture on the clipboard, and only puts it into what is edited. */
export const hidesPictures = (): boolean => /Linux/.test(navigator.userAgent);

/**
 * Takes the picture that the keys which are being pressed are about to paste, by a field that is
 * there for no longer than that.
 */
export function catchPicture(take: (files: File[]) => void): void {
  const before = document.activeElement;
  const field = document.createElement('div');
  field.contentEditable = 'true';
  field.className = 'sr-only';
  field.setAttribute('aria-hidden', 'true');
  // A dialog keeps the focus within itself.
  (before?.closest('[data-dialog-content]') ?? document.body).append(field);
  const done = () => {
    if (!field.isConnected) return;
    const focused = document.activeElement === field;
    field.remove();
    if (focused && before instanceof HTMLElement) before.focus({ preventScroll: true });
  };
  field.addEventListener('paste', (event) => {
    const files = clipped(event.clipboardData);
    // Text has no business here; it would bring its pictures along.
    if (files.length === 0 && event.clipboardData?.types.length === 0) return;
    event.preventDefault();
    done();
    if (files.length) take(files);
  });
  field.addEventListener('input', () => {
    const pictures = [...field.querySelectorAll('img')].filter(({ src }) => src.startsWith('blob:'));
    done();
    void Promise.all(pictures.map(({ src }) => pictureAt(src))).then((files) => {
      if (files.length) take(files);
    });
  });
  setTimeout(done, 500);
  field.focus({ preventScroll: true });
}

async function pictureAt(address: string): Promise<File> {
  const content = await (await fetch(address)).blob();
  URL.revokeObjectURL(address);
  const type = content.type || 'image/png';
  return new File([content], `image.${type.slice(type.indexOf('/') + 1)}`, { type });
}
