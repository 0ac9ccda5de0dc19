import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { toasts } from './toasts.svelte';

beforeEach(() => void vi.useFakeTimers());
afterEach(() => {
  toasts.clear();
  vi.useRealTimers();
});

it('stay while somebody is on them', () => {
  toasts.show({ text: 'a' });
  toasts.hold();
  vi.advanceTimersByTime(60_000);
  toasts.show({ text: 'b' });
  vi.advanceTimersByTime(60_000);
  expect(toasts.list).toHaveLength(2);
  toasts.release();
  vi.advanceTimersByTime(60_000);
  expect(toasts.list).toHaveLength(0);
});

it('are three at most', () => {
  for (const text of 'abcde') toasts.show({ text });
  expect(toasts.list.map(({ text }) => text)).toEqual(['c', 'd', 'e']);
});

it('take back the newest that can be taken back, once', () => {
  const undone: string[] = [];
  const act = (text: string, undo?: boolean) =>
    toasts.show({ text, action: { text, undo, run: () => undone.push(text) } });
  act('handled', true);
  act('another buyer');
  expect(toasts.undo()).toBe(true);
  expect(toasts.undo()).toBe(false);
  expect(undone).toEqual(['handled']);
});
