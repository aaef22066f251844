'use strict';

const { createRequire, isBuiltin } = require('node:module');
const { default: JestRuntime } = require('jest-runtime');

/**
 * Packages with a copy for each test file. undici puts its dispatcher on the global object, where it
 * would become that of every `fetch` in the worker.
 */
const OF_EACH_FILE = new Set(['undici', '@jest/globals']);

/** Whether `request`, as code requires it, names a package that a worker loads once. */
const isLoadedOnce = (request) =>
	!/^[./]/.test(request) && !isBuiltin(request) && !OF_EACH_FILE.has(request);

/**
 * Jest's module loader, which evaluates every module anew for each test file, but for packages: a worker
 * loads them once, by Node's own `require`. Most of a run's time went into n8n-core, xero-node and
 * express otherwise. What is ours is fresh in every file.
 */
module.exports = class extends JestRuntime {
	requireModuleOrMock(from, request) {
		return isLoadedOnce(request)
			? createRequire(from)(request)
			: super.requireModuleOrMock(from, request);
	}

	setMock(from, request, ...rest) {
		if (isLoadedOnce(request)) {
			throw new Error(`${request} is loaded once for many test files, so none can mock it.`);
		}
		super.setMock(from, request, ...rest);
	}
};
