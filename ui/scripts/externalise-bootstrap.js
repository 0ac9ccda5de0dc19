// The content security policy of the shell allows scripts from its own files only. SvelteKit starts
// the application from an inline script, so that script moves into a file here. It stays a classic
// script: it finds the element to mount on through `document.currentScript`.
import { createHash } from 'node:crypto';
import { readFileSync, writeFileSync } from 'node:fs';

const build = new URL('../build/', import.meta.url);
const page = new URL('index.html', build);
const html = readFileSync(page, 'utf8');
let moved = 0;
const strict = html.replace(/<script>([\s\S]*?)<\/script>/g, (_, code) => {
  const name = `_app/start-${createHash('sha256').update(code).digest('hex').slice(0, 12)}.js`;
  writeFileSync(new URL(name, build), code);
  moved += 1;
  return `<script src="/${name}"></script>`;
});
if (moved === 0 || /<script(?![^>]*\bsrc=)/.test(strict)) {
  throw new Error('build/index.html: expected inline scripts that can be moved into files');
}
writeFileSync(page, strict);
