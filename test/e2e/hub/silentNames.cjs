'use strict';

const dns = require('node:dns');

/** Names are never resolved, as behind a name server that is gone; each question keeps the process alive. */
dns.lookup = () => {
	globalThis.setInterval(() => {}, 60_000);
};
