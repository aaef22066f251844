'use strict';

/** Packages that ship ES modules only; Jest's CommonJS runtime needs them transformed. */
const esmOnly = ['kysely', 'oauth4webapi', 'jose'];

/** @type {import('jest').Config} */
const shared = {
	testEnvironment: '<rootDir>/test/support/processEnvironment.ts',
	transform: {
		'^.+\\.(t|j|mj)s$': [
			'@swc/jest',
			{ jsc: { target: 'es2023', parser: { syntax: 'typescript' } }, module: { type: 'commonjs' } },
		],
	},
	transformIgnorePatterns: [
		`/node_modules/(?!(${esmOnly.join('|')})/)`,
		'<rootDir>/(hub-server/)?dist/',
	],
	modulePathIgnorePatterns: ['<rootDir>/dist/', '<rootDir>/hub-server/dist/', '<rootDir>/.cache/'],
};

module.exports = {
	...shared,
	testMatch: ['<rootDir>/test/**/*.test.ts'],
	// The full n8n server takes minutes to install: `npm run test:n8n` runs it with jest.n8n.config.js.
	testPathIgnorePatterns: ['/node_modules/', '<rootDir>/test/e2e/n8n/'],
	globalSetup: '<rootDir>/test/support/globalSetup.ts',
	globalTeardown: '<rootDir>/test/support/globalTeardown.ts',
	testTimeout: 30_000,
};
