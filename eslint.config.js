import js from '@eslint/js';
import tseslint from 'typescript-eslint';

/** Who may import whom: one line for each folder, as the README draws it. */
const directions = [
  {
    files: ['gateway/**'],
    group: [
      '**/scripts/**',
      '**/test/**',
      '**/subgraphs/*.ts',
      '**/organizations/**',
      '**/campaigns/**',
      '**/recognitions/**',
      '**/subgraphs/shared/*.ts',
      '!**/subgraphs/shared/Code.ts',
      '!**/subgraphs/shared/compileDocument.ts',
      '!**/subgraphs/shared/isRecord.ts',
      '!**/subgraphs/shared/settings.ts',
      '!**/subgraphs/shared/shortError.ts',
      '!**/subgraphs/shared/UserError.ts',
      '!**/subgraphs/shared/Viewer.ts',
      '!**/subgraphs/shared/watchContent.ts',
      '!**/subgraphs/shared/writeWhole.ts',
      '!**/subgraphs/shared/authentication/',
      '!**/subgraphs/shared/http/',
      'mongoose',
      'mongodb',
    ],
    message: 'The gateway knows no domain and no database.',
  },
  {
    files: ['subgraphs/shared/**'],
    group: [
      '**/gateway/**',
      '**/scripts/**',
      '**/test/**',
      '../organizations/**',
      '../campaigns/**',
      '../recognitions/**',
    ],
    message: 'What all subgraphs stand on imports no subgraph.',
  },
  ...['organizations', 'campaigns', 'recognitions'].map((name, _index, all) => ({
    files: [`subgraphs/${name}/**`],
    group: [
      '**/gateway/**',
      '**/scripts/**',
      '**/test/**',
      ...all.filter((other) => other !== name).map((other) => `**/${other}/**`),
    ],
    message: 'A subgraph imports no other subgraph and nothing above it.',
  })),
  { files: ['scripts/**'], group: ['**/test/**'], message: 'Nothing imports tests.' },
];

export default tseslint.config(
  { ignores: ['**/__generated__/**', 'node_modules/**', '.data/**', 'dist/**', 'coverage/**'] },
  js.configs.recommended,
  {
    files: ['**/*.ts'],
    extends: [tseslint.configs.recommendedTypeChecked],
    languageOptions: { parserOptions: { projectService: true } },
    rules: {
      '@typescript-eslint/consistent-type-imports': 'error',
      '@typescript-eslint/no-unused-vars': [
        'error',
        { argsIgnorePattern: '^_', varsIgnorePattern: '^_', ignoreRestSiblings: true },
      ],
      // Fastify's and Apollo's hooks are told apart by returning a promise.
      '@typescript-eslint/require-await': 'off',
      // Our objects of functions use no `this`.
      '@typescript-eslint/unbound-method': 'off',
      'no-restricted-syntax': [
        'error',
        { selector: 'ExportDefaultDeclaration', message: 'Named exports only.' },
      ],
    },
  },
  {
    files: ['**/*.config.ts', 'eslint.config.js'],
    rules: { 'no-restricted-syntax': 'off' },
  },
  {
    files: ['**/*.{js,mjs}'],
    languageOptions: {
      globals: {
        process: 'readonly',
        console: 'readonly',
        setTimeout: 'readonly',
        URL: 'readonly',
        fetch: 'readonly',
        AbortSignal: 'readonly',
      },
    },
  },
  {
    files: ['**/*.cjs'],
    languageOptions: {
      sourceType: 'commonjs',
      globals: {
        process: 'readonly',
        console: 'readonly',
        require: 'readonly',
        __dirname: 'readonly',
      },
    },
  },
  ...directions.map(({ files, group, message }) => ({
    files,
    rules: { 'no-restricted-imports': ['error', { patterns: [{ group, message }] }] },
  })),
);
