'use strict';

/** Puts the process's clock ahead by CLOCK_AHEAD_MS, as a machine without time synchronisation has it. */
const aheadMs = Number(process.env.CLOCK_AHEAD_MS);
const { now } = Date;
Date.now = () => now() + aheadMs;
