'use strict';

/** @type {import('jest').Config} */
const shared = {
	runtime: '<rootDir>/test/support/packagesOnce.js',
	testEnvironment: '<rootDir>/test/support/processEnvironment.ts',
	transform: {
		'^.+\\.[tj]s$': [
			'@swc/jest',
			{ jsc: { target: 'es2023', parser: { syntax: 'typescript' } }, module: { type: 'commonjs' } },
		],
	},
	transformIgnorePatterns: ['/node_modules/', '<rootDir>/(hub-server/)?dist/'],
	modulePathIgnorePatterns: ['<rootDir>/dist/', '<rootDir>/hub-server/dist/', '<rootDir>/.cache/'],
};

module.exports = {
	...shared,
	testMatch: ['<rootDir>/test/**/*.test.ts'],
	// The full n8n server takes minutes to install: `npm run test:n8n` runs it with jest.n8n.config.js.
	testPathIgnorePatterns: [
		'/node_modules/',
		'<rootDir>/test/e2e/n8n/',
		// They measure, so nothing may run beside them: `npm run test:faults`.
		'<rootDir>/test/faults/long/',
	],
	// Jest leaves one core to its watcher, which on two cores leaves one for the tests.
	maxWorkers: '100%',
	globalSetup: '<rootDir>/test/support/globalSetup.ts',
	globalTeardown: '<rootDir>/test/support/globalTeardown.ts',
	testTimeout: 30_000,
};
