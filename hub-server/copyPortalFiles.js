'use strict';

// Part of the build: tsc leaves alone what is not TypeScript.

const { cpSync } = require('node:fs');
const { join } = require('node:path');

for (const folder of ['assets', 'templates']) {
	const portal = ['src', 'portal', folder];
	cpSync(join(__dirname, ...portal), join(__dirname, 'dist', ...portal), { recursive: true });
}
