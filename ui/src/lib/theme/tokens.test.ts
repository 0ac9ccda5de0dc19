// @vitest-environment node
import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';

const root = fileURLToPath(new URL('../../', import.meta.url));
const tokens = 'lib/theme/tokens.css';

const files = readdirSync(root, { recursive: true, encoding: 'utf8' })
  .map((file) => file.replaceAll('\\', '/'))
  .filter((file) => /\.(svelte|css)$/.test(file) && file !== tokens);

describe('looks', () => {
  it.each(files)('of %s name no raw colour, size or duration', (file) => {
    const source = readFileSync(join(root, file), 'utf8').replace(/\/\*[\s\S]*?\*\/|<!--[\s\S]*?-->|^\s*\/\/.*$/gm, '');
    expect(source).not.toMatch(/#(?:[0-9a-f]{3,4}|[0-9a-f]{6}|[0-9a-f]{8})\b(?!\))/i);
    expect(source).not.toMatch(/\b(?:rgba?|hsla?|oklch)\(/);
    expect(source.replace(/--breakpoint-\w+: \d+px/g, '')).not.toMatch(/\b\d+(?:\.\d+)?(?:px|rem|em|ms)\b/);
  });

  it('keep Chinese at 12 px or more', () => {
    const css = readFileSync(join(root, tokens), 'utf8');
    const chinese = css.slice(css.indexOf(':root:lang(zh)'));
    expect(chinese).toMatch(/--size-caption: 12px/);
    const sizes = [...css.matchAll(/--size-(?!caption)\w+: (\d+)px/g)].map(([, size]) => Number(size));
    expect(Math.min(...sizes)).toBeGreaterThanOrEqual(12);
  });

  it('stand out enough in light and dark', () => {
    const css = readFileSync(join(root, tokens), 'utf8');
    const [light, dark] = css.split("[data-theme='dark'] {");
    const read = (part = '') =>
      new Map([...part.matchAll(/--([\w-]+): (#[0-9a-f]{6});/g)].map(([, name, hex]) => [name, hex]));
    for (const theme of [read(light?.slice(light.indexOf('--bg:'))), read(dark)]) {
      const on = (ink: string, ground: string) => contrast(theme.get(ink) ?? '', theme.get(ground) ?? '');
      for (const ground of ['bg', 'surface', 'raised', 'sunken']) {
        for (const ink of ['ink', 'ink-2', 'ink-3', 'accent', 'alert', 'possible', 'fine', 'info'])
          expect(on(ink, ground), `${ink} on ${ground}`).toBeGreaterThanOrEqual(4.5);
      }
      for (const tone of ['alert', 'possible', 'fine', 'info', 'accent'])
        expect(on(tone, `${tone}-tint`), `${tone} on its tint`).toBeGreaterThanOrEqual(4.5);
      for (const ink of ['ink', 'ink-2', 'ink-3'])
        expect(on(ink, 'accent-tint'), `${ink} on a chosen row`).toBeGreaterThanOrEqual(4.5);
      expect(on('accent-ink', 'accent')).toBeGreaterThanOrEqual(4.5);
      expect(on('alert-ink', 'alert')).toBeGreaterThanOrEqual(4.5);
      expect(on('control-line', 'surface'), 'edge of a control').toBeGreaterThanOrEqual(3);
    }
  });
});

/** Contrast of two colours by WCAG 2. */
function contrast(a: string, b: string): number {
  const light = [a, b].map((hex) => {
    const [red = 0, green = 0, blue = 0] = [1, 3, 5].map((at) => {
      const part = parseInt(hex.slice(at, at + 2), 16) / 255;
      return part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4;
    });
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
  });
  return (Math.max(...light) + 0.05) / (Math.min(...light) + 0.05);
}
