import { sveltekit } from '@sveltejs/kit/vite';
import tailwindcss from '@tailwindcss/vite';
import { defineConfig } from 'vitest/config';
import { demoMedia } from './scripts/demo-media.ts';

export default defineConfig({
  plugins: [tailwindcss(), sveltekit(), demoMedia],
  clearScreen: false,
  server: { port: 1420, strictPort: true },
  // The oldest engines: WebView2 (evergreen), WKWebView of macOS 14, WebKitGTK 2.42.
  build: { target: ['safari17', 'chrome120'] },
  // Tests run the code of the window, not that of a server.
  resolve: process.env.VITEST ? { conditions: ['browser'] } : undefined,
  test: { include: ['src/**/*.test.ts', 'src/**/*.test.svelte.ts'], environment: './scripts/window-environment.js' },
});
