import { describe, expect, it, vi } from 'vitest';
import type { CustodyView, ExhibitLink } from '$lib/api';
import { actText, damageText, folded, purposeText } from './custody';
import { linkPath, linkText, sameLink } from './links';
import { isOpen, kindOf, sorted } from './names';
import { desk, walk } from './desk.svelte';

vi.mock('$app/navigation', () => ({ goto: vi.fn() }));

const file = (name: string) => ({ handle: name, name, bytes: 1 });
const buyer: ExhibitLink = { type: 'buyer', buyer: 'b' };
const incident: ExhibitLink = { type: 'incident', buyer: 'b', incident: 'i' };
const order: ExhibitLink = { type: 'order', order_id: '302-5550148-1180023' };
const title = (code: string) => (code === 'REVIEW_EXTORTION' ? '以评价相要挟' : code);

describe('dropped files', () => {
  it('are reports or evidence by their name, and texts by how they begin', () => {
    const files = ['orders.TXT', 'chat.txt', '报表.csv', 'photo.jpg', 'film.mp4', 'mail.eml', 'no ending'].map(file);
    expect(files.filter(isOpen).map(({ name }) => name)).toEqual(['orders.TXT', 'chat.txt']);
    const { reports, evidence } = sorted(files, new Set([files[0]?.handle ?? '']));
    expect(reports.map(({ name }) => name)).toEqual(['orders.TXT', '报表.csv']);
    expect(evidence.map(({ name }) => name)).toEqual(['chat.txt', 'photo.jpg', 'film.mp4', 'mail.eml', 'no ending']);
  });

  it('show what their name says until they are looked at', () =>
    expect(['a.MOV', 'b.eml', 'c.png', 'mp4'].map(kindOf)).toEqual(['packing_video', 'message', 'other', 'other']));
});

describe('what an exhibit belongs to', () => {
  it('is the same when it leads to the same', () => {
    expect(sameLink(buyer, { ...buyer })).toBe(true);
    expect(sameLink(buyer, incident)).toBe(false);
    expect(sameLink(order, { type: 'order', order_id: 'other' })).toBe(false);
  });

  it('is told in words', () => {
    expect(linkText({ link: incident, label: 'REVIEW_EXTORTION · 2026-05-03' }, title)).toBe(
      '事件 以评价相要挟 · 2026-05-03',
    );
    expect(linkText({ link: buyer, label: '' }, title)).toBe('买家 未知对象');
  });

  it('can be gone to', () => {
    expect(linkPath(incident)).toBe('/buyers/b');
    expect(linkPath(order)).toBe('/orders?find=302-5550148-1180023');
  });
});

describe('custody', () => {
  const entry = (act: CustodyView['act'], more: Partial<CustodyView> = {}): CustodyView => ({
    at: '',
    actor: { id: '', name: '', role: 'agent' },
    device: '',
    act,
    detail: null,
    purpose: null,
    links: [],
    ...more,
  });
  const told = (act: CustodyView['act'], more: Partial<CustodyView> = {}) => actText(entry(act, more), title);
  const to = { link: order, label: '302-5550148-1180023' };

  it('is told as sentences', () => {
    expect(told('added', { detail: 'a hash' })).toBe('存入了这份证据');
    expect(told('added', { detail: 'a hash', links: [to] })).toBe('存入了这份证据，属于订单 302-5550148-1180023');
    expect(told('viewed')).toBe('查看');
    expect(told('linked', { links: [to] })).toBe('关联到订单 302-5550148-1180023');
    expect(told('kind_changed', { detail: 'message' })).toBe('把类型改为“买家消息原文”');
    expect(told('damaged', { detail: 'altered' })).toContain(damageText('altered'));
  });

  it('folds regular checks that found nothing, and nothing else', () => {
    const check = entry('verified', { purpose: 'scrub' });
    const asked = entry('verified', { purpose: 'asked' });
    const found = entry('damaged', { purpose: 'scrub' });
    const lines = folded([check, check, check, asked, asked, check, found, entry('added')]);
    expect(lines.map(({ checks }) => checks)).toEqual([3, 1, 1, 1, 1, 1]);
  });

  it('says what for, in its words or in those of whoever did it', () => {
    expect(purposeText('redaction')).toBe('遮盖个人信息');
    expect(purposeText('提交平台申诉')).toBe('提交平台申诉');
    expect(purposeText('toString')).toBe('toString');
  });

  it('has words for damage that it does not know', () => {
    expect(damageText('toString')).toBe(damageText('new kind'));
    expect(damageText('missing')).not.toBe(damageText('new kind'));
  });
});

describe('a walk through exhibits', () => {
  it('ends at both ends', () => {
    const path = walk([{ id: 'a' }, { id: 'b' }] as never);
    expect(path.step('a', 1)?.id).toBe('b');
    expect(path.step('a', -1)).toBeUndefined();
    expect(path.step('b', 1)).toBeUndefined();
    expect(path.step('gone', 1)).toBeUndefined();
  });

  it('compares nothing with itself', () => {
    const all = [{ id: 'a' }, { id: 'b' }, { id: 'c' }] as never[];
    const path = walk(all);
    desk.compare(all[1]!, all[2]!, path);
    expect(desk.near(-1)).toBe(true);
    desk.go(-1);
    expect(desk.shown.map(({ id }) => id)).toEqual(['b', 'a']);
    expect([desk.near(-1), desk.near(1)]).toEqual([false, true]);
    desk.go(1);
    expect(desk.shown.map(({ id }) => id)).toEqual(['b', 'c']);
    desk.close();
  });
});
