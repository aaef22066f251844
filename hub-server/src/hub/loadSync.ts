import type * as StartSync from './startSync';

/**
 * The one place where sync is loaded: a hub with `HUB_SYNC=off` never comes here. With `require`, for this is
 * CommonJS, whose `import()` would look for an ES module.
 */
export function loadSync() {
	// eslint-disable-next-line @typescript-eslint/no-require-imports -- loaded only when it is on
	return require('./startSync') as typeof StartSync;
}
