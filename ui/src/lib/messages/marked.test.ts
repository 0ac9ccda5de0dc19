import { expect, it } from 'vitest';
import { pieces } from './marked';

const shown = (text: string, words: [number, number][]) =>
  pieces(text, words)
    .map((piece) => (piece.marked ? `[${piece.text}]` : piece.text))
    .join('');

it('marks words and loses nothing of the text', () => {
  expect(
    shown('half or a bad review', [
      [10, 13],
      [0, 4],
    ]),
  ).toBe('[half] or a [bad] review');
  expect(
    shown('abcdef', [
      [1, 4],
      [2, 5],
    ]),
  ).toBe('a[bcd][e]f');
  expect(shown('abc', [[0, 3]])).toBe('[abc]');
  expect(shown('abc', [])).toBe('abc');
  expect(shown('', [])).toBe('');
});
