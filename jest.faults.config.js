'use strict';

const everything = require('./jest.config.js');

/** What measures a hub under the worst that can be done to it: `npm run test:faults`, one after the other. */
module.exports = {
	...everything,
	testMatch: ['<rootDir>/test/faults/**/*.test.ts'],
	testPathIgnorePatterns: ['/node_modules/'],
	maxWorkers: 1,
};
