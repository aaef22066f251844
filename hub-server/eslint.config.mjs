import js from '@eslint/js';
import { globalIgnores } from 'eslint/config';
import tseslint from 'typescript-eslint';

/**
 * The rules of everything that runs outside n8n. The root's `eslint.config.mjs` is n8n's own, for
 * `nodes/` and `credentials/`, and must stay as n8n ships it (strict mode compares the text).
 *
 * @param {string} tsconfigRootDir the folder whose `tsconfig.json` types the files
 */
export function typescriptRules(tsconfigRootDir) {
	return tseslint.config(
		globalIgnores(['**/dist/']),
		js.configs.recommended,
		tseslint.configs.recommended,
		{
			languageOptions: {
				// What Node has besides the language; TypeScript checks the names of .ts files itself.
				globals: {
					require: 'readonly',
					__dirname: 'readonly',
					module: 'writable',
					process: 'readonly',
					console: 'readonly',
				},
			},
			linterOptions: { reportUnusedDisableDirectives: 'error' },
		},
		{
			files: ['**/*.ts'],
			languageOptions: { parserOptions: { projectService: true, tsconfigRootDir } },
			rules: {
				eqeqeq: 'error',
				'no-console': 'error',
				'no-undef': 'off',
				'prefer-const': 'error',
				'@typescript-eslint/await-thenable': 'error',
				'@typescript-eslint/consistent-type-imports': [
					'error',
					{ fixStyle: 'separate-type-imports' },
				],
				'@typescript-eslint/no-explicit-any': 'error',
				'@typescript-eslint/no-floating-promises': 'error',
				'@typescript-eslint/no-misused-promises': [
					'error',
					// Event emitters and Express take async functions; each of ours ends in its own catch.
					{ checksVoidReturn: { arguments: false, attributes: false } },
				],
				'@typescript-eslint/no-non-null-assertion': 'error',
				'@typescript-eslint/no-unnecessary-condition': 'off',
				'@typescript-eslint/no-unnecessary-type-assertion': 'error',
				'@typescript-eslint/no-unsafe-argument': 'error',
				'@typescript-eslint/no-unsafe-assignment': 'error',
				'@typescript-eslint/no-unsafe-call': 'error',
				'@typescript-eslint/no-unsafe-member-access': 'error',
				'@typescript-eslint/no-unsafe-return': 'error',
				'@typescript-eslint/no-unused-vars': ['error', { argsIgnorePattern: '^_' }],
				'@typescript-eslint/only-throw-error': 'error',
				'@typescript-eslint/prefer-promise-reject-errors': 'error',
				'@typescript-eslint/return-await': ['error', 'error-handling-correctness-only'],
				'@typescript-eslint/switch-exhaustiveness-check': 'error',
			},
		},
		{
			files: ['**/*.js', '**/*.cjs'],
			languageOptions: { sourceType: 'commonjs' },
			rules: { '@typescript-eslint/no-require-imports': 'off' },
		},
		{
			// What runs in people's browsers.
			files: ['**/portal/assets/*.js'],
			languageOptions: {
				globals: {
					document: 'readonly',
					window: 'readonly',
					navigator: 'readonly',
					setTimeout: 'readonly',
					fetch: 'readonly',
					URLSearchParams: 'readonly',
					localStorage: 'readonly',
					location: 'readonly',
					matchMedia: 'readonly',
					setInterval: 'readonly',
					DOMParser: 'readonly',
				},
			},
		},
	);
}

export default typescriptRules(import.meta.dirname);
