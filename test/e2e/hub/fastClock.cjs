'use strict';

/**
 * Lets the process's time run CLOCK_SPEED times as fast since CLOCK_BEGAN (epoch milliseconds), so that a
 * minute of Xero's takes seconds. The same values give every process the same time.
 */
const began = Number(process.env.CLOCK_BEGAN);
const speed = Number(process.env.CLOCK_SPEED);
const { now } = Date;
const realSetTimeout = globalThis.setTimeout;
Date.now = () => Math.round(began + (now() - began) * speed);
globalThis.setTimeout = Object.assign(
	(callback, ms = 0, ...given) => realSetTimeout(callback, ms / speed, ...given),
	realSetTimeout,
);
