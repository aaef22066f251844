#!/usr/bin/env node
'use strict';

// Said before anything is loaded: what the hub is made of does not load on an older Node. In a checkout `npx` and `npm` bring
// their own, so the package names no engine, of which every `npm install` would warn.
const NEEDED = 24;
const [major] = process.versions.node.split('.');
if (Number(major) < NEEDED) {
	process.stderr.write(
		`xero-hub needs Node ${NEEDED} or newer; this is ${process.versions.node}. Run it with npx in the checkout, or install Node ${NEEDED}.\n`,
	);
	process.exit(1);
}
require('../dist/src/cli/main.js');
