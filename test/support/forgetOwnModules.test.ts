import { join } from 'node:path';
import { forgetOwnModules } from './forgetOwnModules';
import { repositoryRoot } from './repositoryRoot';

it('forgets the built pack, and keeps packages and the test environment', () => {
	const module = (children: NodeJS.Module[] = []) => ({ children }) as unknown as NodeJS.Module;
	const helper = module();
	const node = module([helper]);
	const entry = module();
	const loader = module([entry, node]);
	const file = (...parts: string[]) => join(repositoryRoot, ...parts);
	const kept = {
		[file('node_modules', 'n8n-core', 'load.js')]: loader,
		[file('node_modules', 'n8n-core', 'index.js')]: entry,
		[file('test', 'support', 'processEnvironment.ts')]: module(),
	};
	const cache = {
		...kept,
		[file('dist', 'nodes', 'Xero.node.js')]: node,
		['/tmp/pack/dist/nodes/helper.js']: helper,
	};

	forgetOwnModules(cache);

	expect(cache).toEqual(kept);
	expect(loader.children).toEqual([entry]);
});
