'use strict';

// Part of the build: tsc leaves alone what is not TypeScript.

const { cpSync } = require('node:fs');
const { join } = require('node:path');

for (const folder of ['assets', 'templates']) {
	const portal = ['src', 'portal', folder];
	cpSync(join(__dirname, ...portal), join(__dirname, 'dist', ...portal), { recursive: true });
}

// The API's reader, one file and its licences, from a development dependency of 80 packages.
const docs = join(__dirname, 'dist', 'src', 'api', 'docs');
for (const file of ['redoc.standalone.js', 'redoc.standalone.js.LICENSE.txt']) {
	cpSync(require.resolve(`redoc/bundles/${file}`), join(docs, file));
}
cpSync(
	join(require.resolve('redoc/package.json'), '..', 'LICENSE'),
	join(docs, 'redoc.LICENSE.txt'),
);
