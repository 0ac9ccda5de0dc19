import type { AlertDetail, Reason } from '$lib/api';
import { whole, type WholeField } from '../matching/whole';
import { listEn, listZh } from '../i18n/plural';

/** What the sentence is made of. */
export type Why = {
  tier: AlertDetail['tier'];
  reasons: Pick<Reason, 'field' | 'weight' | 'note'>[];
  /** What the buyer is listed for, in the language of the sentence. */
  title: string;
  /** The day of the listing in that language; empty when it is unknown. */
  listed: string;
};

const zhFields: Record<WholeField, string> = {
  alias: '邮箱别名',
  marketplace_id: '买家 ID',
  phone: '电话',
  name: '姓名',
  address: '收货地址',
  user_name: '用户名',
  order_id: '订单号',
  postcode: '邮编',
};
const enFields: Record<WholeField, string> = {
  alias: 'relay alias',
  marketplace_id: 'buyer ID',
  phone: 'phone number',
  name: 'name',
  address: 'delivery address',
  user_name: 'user name',
  order_id: 'order ID',
  postcode: 'postcode',
};

/** The fields with one note, the weightiest first, each once. */
function fields(why: Why, note: Reason['note']): WholeField[] {
  const sorted = whole(why.reasons)
    .filter((reason) => reason.note === note)
    .sort((a, b) => b.weight - a.weight);
  return [...new Set(sorted.map((reason) => reason.field))];
}

/** Why the alert was raised, as one argument a person can follow. */
export function why(about: Why, language: 'zh-CN' | 'en'): string {
  const by = {
    exact: fields(about, 'exact'),
    variant: fields(about, 'variant'),
    close: fields(about, 'close'),
    partial: fields(about, 'partial'),
    conflict: fields(about, 'conflict'),
    shared: fields(about, 'shared'),
  };
  return language === 'en' ? english(about, by) : chinese(about, by);
}

type Groups = Record<'exact' | 'variant' | 'close' | 'partial' | 'conflict' | 'shared', WholeField[]>;

function chinese({ tier, title, listed }: Why, by: Groups): string {
  const names = (of: WholeField[]) => listZh(of.map((field) => zhFields[field]));
  const who = `${listed ? `${listed}` : ''}因“${title}”列入的买家`;
  const parts: string[] = [];
  if (by.exact.length) {
    parts.push(`${names(by.exact)}与${who}完全一致`);
    if (by.variant.length) parts.push(`${names(by.variant)}也一致，只是写法略有不同`);
    if (by.close.length) parts.push(`${names(by.close)}相近`);
    if (by.partial.length) parts.push(`${names(by.partial)}部分相符`);
  } else if (by.variant.length) {
    parts.push(`${names(by.variant)}与${who}一致，只是写法略有不同`);
    if (by.close.length) parts.push(`${names(by.close)}相近`);
    if (by.partial.length) parts.push(`${names(by.partial)}部分相符`);
  } else if (by.close.length) {
    parts.push(`${names(by.close)}与${who}相近`);
    if (by.partial.length) parts.push(`${names(by.partial)}部分相符`);
  } else if (by.partial.length) parts.push(`${names(by.partial)}与${who}部分相符`);
  else parts.push(`与${who}有相近之处`);
  if (by.conflict.length) parts.push(`但${names(by.conflict)}不同`);
  if (by.shared.length) parts.push(`${names(by.shared)}多人共用，不能作为依据`);
  return `${parts.join('；')}。${tier === 'possible' ? '依据还不充分，请先核对。' : ''}`;
}

function english({ tier, title, listed }: Why, by: Groups): string {
  const names = (of: WholeField[]) => listEn(of.map((field) => enFields[field]));
  const are = (of: WholeField[], one: string, more: string) => (of.length === 1 ? one : more);
  const who = `a buyer listed${listed ? ` on ${listed}` : ''} for “${title}”`;
  const parts: string[] = [];
  if (by.exact.length) {
    parts.push(`Same ${names(by.exact)} as ${who}.`);
    if (by.variant.length)
      parts.push(
        `The ${names(by.variant)} ${are(by.variant, 'agrees too, written', 'agree too, written')} a little differently.`,
      );
    if (by.close.length) parts.push(`The ${names(by.close)} ${are(by.close, 'is', 'are')} close.`);
    if (by.partial.length) parts.push(`The ${names(by.partial)} ${are(by.partial, 'agrees', 'agree')} in part.`);
  } else if (by.variant.length) {
    parts.push(`Same ${names(by.variant)} as ${who}, written a little differently.`);
    if (by.close.length) parts.push(`The ${names(by.close)} ${are(by.close, 'is', 'are')} close.`);
    if (by.partial.length) parts.push(`The ${names(by.partial)} ${are(by.partial, 'agrees', 'agree')} in part.`);
  } else if (by.close.length) {
    parts.push(`Close to the ${names(by.close)} of ${who}.`);
    if (by.partial.length) parts.push(`The ${names(by.partial)} ${are(by.partial, 'agrees', 'agree')} in part.`);
  } else if (by.partial.length)
    parts.push(`The ${names(by.partial)} ${are(by.partial, 'agrees', 'agree')} in part with ${who}.`);
  else parts.push(`Something resembles ${who}.`);
  if (by.conflict.length) parts.push(`But the ${names(by.conflict)} ${are(by.conflict, 'differs', 'differ')}.`);
  if (by.shared.length)
    parts.push(
      `The ${names(by.shared)} ${are(by.shared, 'is', 'are')} shared by many people and ${are(by.shared, 'proves', 'prove')} nothing.`,
    );
  if (tier === 'possible') parts.push('This alone is not enough: compare before you act.');
  return parts.join(' ');
}
