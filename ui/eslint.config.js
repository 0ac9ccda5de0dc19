import js from '@eslint/js';
import svelte from 'eslint-plugin-svelte';
import globals from 'globals';
import ts from 'typescript-eslint';
import svelteConfig from './svelte.config.js';

/** Features, each in its folder of src/lib. None but the shell and the routes may join several. */
const shared = ['api', 'i18n', 'theme', 'ui'];

export default ts.config(
  { ignores: ['build/', '.svelte-kit/', 'node_modules/', 'src/lib/api/generated.ts'] },
  js.configs.recommended,
  ...ts.configs.recommended,
  ...svelte.configs.recommended,
  { languageOptions: { globals: { ...globals.browser, ...globals.node } } },
  {
    files: ['**/*.svelte', '**/*.svelte.ts'],
    languageOptions: { parserOptions: { parser: ts.parser, extraFileExtensions: ['.svelte'], svelteConfig } },
  },
  {
    rules: {
      '@typescript-eslint/no-unused-vars': ['error', { argsIgnorePattern: '^_' }],
      'no-console': 'error',
      // Paths are plain: the application is served from the root and has no base path.
      'svelte/no-navigation-without-resolve': 'off',
      // Maps and sets here are values: made anew for each change and held in `$state.raw`.
      'svelte/prefer-svelte-reactivity': 'off',
      'no-restricted-imports': [
        'error',
        { patterns: [{ group: ['@tauri-apps/*'], message: 'Only lib/api/transport.ts talks to the shell.' }] },
      ],
    },
  },
  { files: ['src/lib/api/transport.ts'], rules: { 'no-restricted-imports': 'off' } },
  {
    // What every feature uses knows no feature.
    files: shared.map((folder) => `src/lib/${folder}/**`),
    ignores: ['src/lib/api/transport.ts'],
    rules: {
      'no-restricted-imports': [
        'error',
        {
          patterns: [
            { group: ['@tauri-apps/*'], message: 'Only lib/api/transport.ts talks to the shell.' },
            {
              regex:
                '^(\\$lib|\\.\\.)/(alerts|buyers|evidence|imports|incidents|orders|rules|session|settings|shell)(/|$)',
              message: 'Shared code imports no feature.',
            },
          ],
        },
      ],
    },
  },
);
