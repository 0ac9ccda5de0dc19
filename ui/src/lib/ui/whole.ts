/** Text that is cut off is shown whole by the pointer; only as long as it rests there, for it may be personal data. */
export function wholeOnHover(root: HTMLElement): () => void {
  const over = ({ target }: Event) => {
    const cut = target instanceof Element ? target.closest<HTMLElement>('.cut, .line-clamp-2') : null;
    if (!cut || cut.closest('[title]')) return;
    if (cut.scrollWidth <= cut.clientWidth && cut.scrollHeight <= cut.clientHeight) return;
    cut.title = cut.textContent.trim();
    cut.addEventListener('pointerleave', () => cut.removeAttribute('title'), { once: true });
  };
  root.addEventListener('pointerover', over);
  return () => root.removeEventListener('pointerover', over);
}
