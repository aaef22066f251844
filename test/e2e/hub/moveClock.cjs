'use strict';

const timers = require('node:timers/promises');

/**
 * Moves the process's time: ahead by CLOCK_AHEAD_MS, as on a machine without time synchronisation, and
 * CLOCK_SPEED times as fast since CLOCK_BEGAN (epoch milliseconds), timers included, so that a minute of
 * Xero's takes seconds. The same values give every process the same time.
 */
const { CLOCK_AHEAD_MS: aheadMs = 0, CLOCK_SPEED: speed = 1, CLOCK_BEGAN: began = 0 } = process.env;
const { now } = Date;
Date.now = () =>
	Math.round(Number(aheadMs) + Number(began) + (now() - Number(began)) * Number(speed));

const { setTimeout } = globalThis;
globalThis.setTimeout = Object.assign(
	(callback, ms = 0, ...given) => setTimeout(callback, ms / Number(speed), ...given),
	setTimeout,
);
const sleep = timers.setTimeout;
timers.setTimeout = (ms, ...given) => sleep(ms / Number(speed), ...given);
