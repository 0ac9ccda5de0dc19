import type { PairView } from '../api';
import { m } from '../i18n';

/** Whose identity was decided not to be a buyer: a masked name, or the order on which it was decided. */
export function pairName({ label, order_id }: Pick<PairView, 'label' | 'order_id'>): string {
  if (label) return label;
  return order_id ? m().buyer.pairAccount(order_id) : m().buyer.pairSomebody;
}
