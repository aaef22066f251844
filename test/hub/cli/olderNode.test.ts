import { spawnSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { XERO_HUB } from '../../support/hubProcess';
import { nodeBinary } from '../../support/nodeBinary';
import { temporaryFolder } from '../../support/temporaryFolder';

describe('xero-hub on a Node that is too old', () => {
	it.each([
		['20.20.2', 1],
		[process.versions.node, 0],
	])('says so in a sentence, and ends: %s', (version, status) => {
		const folder = temporaryFolder();
		const asIf = join(folder.path, 'asIf.cjs');
		const versions = JSON.stringify({ ...process.versions, node: version });
		writeFileSync(asIf, `Object.defineProperty(process, 'versions', { value: ${versions} });`);

		const told = spawnSync(nodeBinary, ['--require', asIf, XERO_HUB, '--version'], {
			encoding: 'utf8',
		});

		expect(told.status).toBe(status);
		expect(told.stderr.includes(`needs Node 24 or newer; this is ${version}`)).toBe(status === 1);
		folder.remove();
	});
});
