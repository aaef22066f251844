import { chmodSync, readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { claimDataDir } from '../../../hub-server/src/database/claimDataDir';
import { openDatabase } from '../../../hub-server/src/database/openDatabase';
import { temporaryFolder } from '../../support/temporaryFolder';

describe('the files of a ledger', () => {
	let folder: ReturnType<typeof temporaryFolder>;
	let umask: number;
	beforeEach(() => {
		folder = temporaryFolder();
		umask = process.umask(0o000);
	});
	afterEach(() => {
		process.umask(umask);
		folder.remove();
	});

	const modes = () =>
		Object.fromEntries(
			readdirSync(folder.path).map((name) => [
				name,
				(statSync(join(folder.path, name)).mode & 0o777).toString(8),
			]),
		);

	it('are its owner’s alone, whatever the umask', async () => {
		const release = claimDataDir(folder.path);
		const { close } = await openDatabase({ dataDir: folder.path });
		const made = modes();
		await close();
		release();

		expect(made).toEqual({
			'hub.lock': '600',
			'hub.lock-journal': '600',
			'hub.sqlite': '600',
			'hub.sqlite-shm': '600',
			'hub.sqlite-wal': '600',
		});
	});

	it('become so where an earlier version had left them open', async () => {
		await (await openDatabase({ dataDir: folder.path })).close();
		chmodSync(join(folder.path, 'hub.sqlite'), 0o644);

		const { close } = await openDatabase({ dataDir: folder.path });
		const found = modes();
		await close();

		expect(new Set(Object.values(found))).toEqual(new Set(['600']));
	});
});
