import { typescriptRules } from '../hub-server/eslint.config.mjs';

export default [
	...typescriptRules(import.meta.dirname),
	{
		files: ['**/*.ts'],
		rules: {
			// A test reads replies it has just made; matchers then say what is wrong better than a type does.
			'@typescript-eslint/no-non-null-assertion': 'off',
			'@typescript-eslint/no-unsafe-argument': 'off',
			'@typescript-eslint/no-unsafe-assignment': 'off',
			'@typescript-eslint/no-unsafe-member-access': 'off',
			'@typescript-eslint/no-unsafe-return': 'off',
		},
	},
];
