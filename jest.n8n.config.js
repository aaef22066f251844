'use strict';

const config = require('./jest.config.js');

/** Tests against a full n8n server, which the first run on a machine installs into a cache folder. */
module.exports = {
	...config,
	testMatch: ['<rootDir>/test/e2e/n8n/**/*.test.ts'],
	testPathIgnorePatterns: ['/node_modules/'],
	// One server at a time: each takes most of a gigabyte.
	maxWorkers: 1,
	testTimeout: 120_000,
};
