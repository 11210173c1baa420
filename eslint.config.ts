import vitest from '@vitest/eslint-plugin';
import { defineConfig } from 'eslint/config';
import tseslint from 'typescript-eslint';

/** What only the edges may touch; the reasons stand in CONTRIBUTING.md. */
const processOnly = { name: 'execa', message: 'Child processes live in src/process.' };
const signals = {
  selector: "CallExpression[callee.object.name='process'][callee.property.name='kill']",
  message: 'Signals live in src/process.',
};
const noArguments = {
  selector: "MemberExpression[object.name='process'][property.name=/^(argv|exit|exitCode|stdout|stderr|stdin)$/]",
  message: 'Arguments, exit status and terminal belong to src/cli and bin.',
};
const noEnvironment = {
  selector: "MemberExpression[object.name='process'][property.name='env']",
  message: 'The environment is read at the public entries and handed in.',
};
const noDefaultExport = { selector: 'ExportDefaultDeclaration', message: 'Exports have names.' };

export default defineConfig(
  { ignores: ['dist/', 'test/fixtures/', 'sample-plugins/', 'templates/', '.plugin-host/', 'coverage/', 'site/'] },
  {
    files: ['**/*.ts'],
    extends: [tseslint.configs.strictTypeChecked],
    languageOptions: { parserOptions: { project: './tsconfig.json', tsconfigRootDir: import.meta.dirname } },
    rules: {
      '@typescript-eslint/restrict-template-expressions': ['error', { allowNumber: true }],
      '@typescript-eslint/switch-exhaustiveness-check': ['error', { considerDefaultExhaustiveForUnions: true }],
      '@typescript-eslint/consistent-type-imports': 'error',
      '@typescript-eslint/no-unused-vars': ['error', { ignoreRestSiblings: true }],
    },
  },
  {
    // Runs in a browser.
    files: ['src/inspector/page/**/*.tsx', 'src/inspector/page/**/*.ts', 'build/site/page/*.ts'],
    extends: [tseslint.configs.strictTypeChecked],
    languageOptions: {
      parserOptions: {
        project: ['./src/inspector/page/tsconfig.json', './build/site/page/tsconfig.json'],
        tsconfigRootDir: import.meta.dirname,
      },
    },
    rules: {
      '@typescript-eslint/restrict-template-expressions': ['error', { allowNumber: true }],
      '@typescript-eslint/consistent-type-imports': 'error',
      '@typescript-eslint/no-unused-vars': ['error', { ignoreRestSiblings: true }],
    },
  },
  {
    files: ['src/**/*.ts'],
    rules: {
      'no-console': 'error',
      'no-restricted-imports': ['error', { paths: [processOnly] }],
      'no-restricted-syntax': ['error', signals, noArguments, noEnvironment, noDefaultExport],
    },
  },
  {
    files: ['src/process/**/*.ts'],
    rules: {
      'no-restricted-imports': 'off',
      'no-restricted-syntax': ['error', noArguments, noEnvironment, noDefaultExport],
    },
  },
  {
    files: ['src/cli/**/*.ts'],
    rules: { 'no-restricted-syntax': ['error', signals, noDefaultExport] },
  },
  {
    // The library's public entries read the environment once, as the command line does.
    files: [
      'src/sps/session/open-plugin.ts',
      'src/inspector/serving/start-inspector.ts',
      'src/gateway/running/start-gateway.ts',
      'src/vitest.ts',
    ],
    rules: { 'no-restricted-syntax': ['error', signals, noArguments, noDefaultExport] },
  },
  {
    // Drives a browser, and says what runs in it.
    files: ['test/browser/**/*.ts'],
    languageOptions: {
      parserOptions: { project: './test/browser/tsconfig.json', tsconfigRootDir: import.meta.dirname },
    },
  },
  {
    files: ['test/**/*.ts'],
    plugins: { vitest },
    rules: {
      // The matchers of vitest, expect.any and its like, are typed any.
      '@typescript-eslint/no-unsafe-assignment': 'off',
      // An expectation that waits is awaited where it stands: in a variable, its failure is that of another test, or of none.
      'vitest/valid-expect': ['error', { alwaysAwait: true, maxArgs: 2 }],
      'vitest/valid-expect-in-promise': 'error',
      'vitest/require-awaited-expect-poll': 'error',
      'vitest/no-focused-tests': 'error',
    },
  },
);
