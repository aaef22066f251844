'use strict';

const { dest, src } = require('gulp');

/** What n8n shows beside the compiled code: icons and codex files, byte for byte. */
function buildIcons() {
	return src(['nodes/**/*.{svg,png}', 'nodes/**/*.node.json', 'credentials/**/*.{svg,png}'], {
		base: '.',
		encoding: false,
	}).pipe(dest('dist'));
}

exports['build:icons'] = buildIcons;
