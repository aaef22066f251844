'use strict';

/** At its end the process says which packages it has loaded. */
process.once('exit', () => {
	const names = Object.keys(require.cache)
		.map((file) => /.*node_modules\/((?:@[^/]+\/)?[^/]+)/.exec(file.replaceAll('\\', '/'))?.[1])
		.filter((name) => name !== undefined);
	process.stdout.write(`packages: ${JSON.stringify([...new Set(names)])}\n`);
});
