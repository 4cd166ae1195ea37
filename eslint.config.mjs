import tseslint from 'typescript-eslint';

/**
 * The import law of docs/architecture.md. Each room names what it must not import;
 * test/architecture.test.ts checks the same table over the whole tree, relative paths included.
 */
const law = {
  language: ['**/runtime/**', '**/server/**', '**/webview/**', '**/client/**', '**/cli/**', 'vscode', 'node:*'],
  runtime: ['**/server/**', '**/webview/**', '**/client/**', '**/cli/**', 'vscode'],
  server: ['**/webview/**', '**/client/**', '**/cli/**', 'vscode'],
  webview: ['**/server/**', '**/client/**', '**/cli/**', 'vscode', 'node:*'],
  client: ['**/cli/**'],
  cli: ['**/server/**', '**/webview/**', '**/client/**', 'vscode'],
};

export default tseslint.config(
  { ignores: ['dist/', 'node_modules/', '.cache/', 'test/fixtures/', 'test/vscode/.output/', 'examples/'] },
  {
    files: ['**/*.ts', '**/*.tsx'],
    extends: [...tseslint.configs.recommendedTypeChecked],
    languageOptions: { parserOptions: { projectService: true, tsconfigRootDir: import.meta.dirname } },
    rules: {
      '@typescript-eslint/no-floating-promises': 'error',
      '@typescript-eslint/no-explicit-any': 'error',
      '@typescript-eslint/consistent-type-imports': 'error',
      '@typescript-eslint/switch-exhaustiveness-check': ['error', { considerDefaultExhaustiveForUnions: true }],
      '@typescript-eslint/no-unused-vars': ['error', { argsIgnorePattern: '^_' }],
      '@typescript-eslint/require-await': 'off',
      eqeqeq: ['error', 'always', { null: 'ignore' }],
      'no-eval': 'error',
      'no-new-func': 'error',
      'no-console': 'error',
    },
  },
  ...Object.entries(law).map(([room, group]) => ({
    files: [`${room}/**/*.ts`, `${room}/**/*.tsx`],
    rules: {
      'no-restricted-imports': [
        'error',
        { patterns: [{ group, message: `Not allowed from ${room}/: see the import law in docs/architecture.md.` }] },
      ],
    },
  })),
  {
    files: ['client/features/**/*.ts'],
    rules: {
      'no-restricted-imports': [
        'error',
        {
          patterns: [
            { group: ['**/cli/**'], message: 'Not allowed from client/.' },
            { regex: '^\\.\\./(?!\\.\\./)', message: 'Features meet in client/extension.ts, never in each other.' },
          ],
        },
      ],
    },
  },
  { files: ['cli/**', 'test/**', 'scripts/**'], rules: { 'no-console': 'off' } },
);
