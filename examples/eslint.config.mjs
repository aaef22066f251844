import testRules from '../test/eslint.config.mjs';

export default [
	...testRules,
	{
		files: ['**/*.ts'],
		languageOptions: { parserOptions: { tsconfigRootDir: import.meta.dirname } },
	},
];
