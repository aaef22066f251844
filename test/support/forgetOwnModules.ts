import { join, sep } from 'node:path';
import { repositoryRoot } from './repositoryRoot';

const PACKAGES = `${sep}node_modules${sep}`;
const TESTS = join(repositoryRoot, 'test') + sep;

/**
 * Has Node's own loader, which n8n-core loads the built pack with, evaluate it anew for the next test
 * file. Packages stay, and so does what this process itself is made of.
 */
export function forgetOwnModules(cache = require.cache): void {
	const loaded = Object.entries(cache);
	const own = new Set(
		loaded
			.filter(([file]) => !file.includes(PACKAGES) && !file.startsWith(TESTS))
			.map(([, module]) => module),
	);
	if (own.size === 0) return;
	for (const [file, module] of loaded) {
		if (own.has(module)) Reflect.deleteProperty(cache, file);
		else if (module) module.children = module.children.filter((child) => !own.has(child));
	}
}
