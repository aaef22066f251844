import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { HUB_VERSION } from '../../hub-server/src/api/hubVersion';
import { PACK_VERSION } from '../../nodes/Xero/transport/packVersion';
import { repositoryRoot } from '../support/repositoryRoot';

describe('the versions that hub and pack tell each other', () => {
	it.each([
		['package.json', PACK_VERSION],
		['hub-server/package.json', HUB_VERSION],
	])('are those of their packages: %s', (file, version) => {
		const { version: released } = JSON.parse(readFileSync(join(repositoryRoot, file), 'utf8'));

		expect(version).toBe(released);
	});
});
