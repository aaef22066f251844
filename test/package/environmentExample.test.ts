import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { loadConfig } from '../../hub-server/src/config/loadConfig';
import { repositoryRoot } from '../support/repositoryRoot';

const hubFile = (path: string) => readFileSync(join(repositoryRoot, 'hub-server', path), 'utf8');

describe('.env.example of the hub', () => {
	const example = Object.fromEntries(
		[...hubFile('.env.example').matchAll(/^([A-Z_]+)=(.*)$/gm)].map(([, name = '', value]) => [
			name,
			value,
		]),
	);

	it('lists exactly the settings that the hub reads', () => {
		const read = [...hubFile('src/config/loadConfig.ts').matchAll(/^\t([A-Z_]+):/gm)];

		expect(Object.keys(example).sort()).toEqual(read.map(([, name]) => name).sort());
	});

	it('is a configuration the hub starts with', () => {
		expect(loadConfig(example)).toMatchObject({
			port: 8787,
			publicUrl: 'http://localhost:8787',
			xero: { api: 'https://api.xero.com' },
		});
	});
});
