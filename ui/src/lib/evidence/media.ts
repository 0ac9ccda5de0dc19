import type { OpenedExhibit } from '$lib/api';
import { session } from '$lib/session';

/** Pixels on the long side of a page of a document. */
const PAGE = 1600;

/** Address of the small picture of an exhibit; null while the vault is not open. */
export const thumbUrl = (id: string): string | null => {
  const base = session.state?.media;
  return base ? `${base}/thumb/${id}` : null;
};

/** Address of a page, from 0, of an opened document. */
export const pageUrl = ({ url }: Pick<OpenedExhibit, 'url'>, page: number): string => `${url}/${page}?px=${PAGE}`;
