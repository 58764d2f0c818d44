// Lint rules: types, hooks, and which folder may import which (lib, ui, api -> features -> routes -> app).
import hooks from 'eslint-plugin-react-hooks';
import tseslint from 'typescript-eslint';

import { direction } from './eslint.direction.js';

export default tseslint.config(
  { ignores: ['dist', 'node_modules', 'tools', 'public'] },
  ...tseslint.configs.strictTypeChecked,
  {
    languageOptions: { parserOptions: { projectService: { allowDefaultProject: ['eslint.config.js', 'eslint.direction.js'] } } },
    plugins: { flash: { rules: { direction } }, 'react-hooks': hooks },
    rules: {
      ...hooks.configs.recommended.rules,
      'flash/direction': 'error',
      // The app is built without the React compiler, so libraries that it cannot follow are fine.
      'react-hooks/incompatible-library': 'off',
      '@typescript-eslint/restrict-template-expressions': ['error', { allowNumber: true }],
      '@typescript-eslint/no-confusing-void-expression': ['error', { ignoreArrowShorthand: true, ignoreVoidOperator: true, ignoreVoidReturningFunctions: true }],
      // Code points are what the rules of the form count.
      '@typescript-eslint/no-misused-spread': 'off',
      '@typescript-eslint/consistent-type-imports': 'error',
      'max-lines': ['error', { max: 300, skipBlankLines: true, skipComments: true }],
      'no-restricted-imports': ['error', { patterns: [{ group: ['@supabase/*'], message: 'Only src/api/client.ts talks to supabase-js.' }] }],
      'no-restricted-syntax': [
        'error',
        { selector: 'JSXAttribute[name.name="dangerouslySetInnerHTML"]', message: 'Text is text: build elements.' },
        { selector: 'ExportAllDeclaration', message: 'No barrels: import from the file that owns the name.' },
      ],
    },
  },
  { files: ['src/api/client.ts'], rules: { 'no-restricted-imports': 'off' } },
  { files: ['**/*.tsx'], rules: { 'max-lines': ['error', { max: 200, skipBlankLines: true, skipComments: true }] } },
  { files: ['**/*.test.ts', '**/*.test.tsx', 'e2e/**', 'scripts/**', 'src/test/**'], rules: { 'max-lines': 'off', '@typescript-eslint/no-non-null-assertion': 'off' } },
  // node:test collects the promises of its tests itself.
  { files: ['e2e/**'], rules: { '@typescript-eslint/no-floating-promises': 'off' } },
  { files: ['**/*.gen.ts'], rules: { 'max-lines': 'off' } },
  { files: ['src/api/unused-clients.ts', 'src/api/native-socket.ts'], rules: { '@typescript-eslint/no-extraneous-class': 'off' } },
  { files: ['eslint.*.js'], ...tseslint.configs.disableTypeChecked },
);
