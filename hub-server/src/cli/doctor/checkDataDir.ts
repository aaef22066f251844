import { closeSync, openSync, statfsSync, unlinkSync } from 'node:fs';
import { join } from 'node:path';
import type { Config } from '../../config/Config';
import { makeFolder } from '../../database/makeFolder';
import { refuseNetworkFileSystem } from '../../database/refuseNetworkFileSystem';
import { ok, reasonOf, warning, wrong, type Finding } from './Finding';

const CHECK = 'data folder';

/** Below this a busy day may not fit; at 50 MB the hub reports that it is not ready. */
const LITTLE_SPACE_BYTES = 500 * 1024 * 1024;

/** Whether the hub may write where its ledger and key live. Leaves nothing behind. */
export function checkDataDir({ dataDir }: Pick<Config, 'dataDir'>): Finding {
	const probe = join(dataDir, `doctor-${process.pid}`);
	try {
		makeFolder(dataDir);
		closeSync(openSync(probe, 'wx', 0o600));
		unlinkSync(probe);
	} catch (cause) {
		return wrong(
			CHECK,
			`${dataDir} cannot be written: ${reasonOf(cause)}`,
			`Give the folder to the user that runs the hub (chown, chmod u+rwx), or set HUB_DATA_DIR to one that it may write.`,
		);
	}
	try {
		refuseNetworkFileSystem(dataDir);
	} catch (cause) {
		return wrong(CHECK, reasonOf(cause), 'Put HUB_DATA_DIR on a local disk, or set DATABASE_URL.');
	}
	const { bavail, bsize } = statfsSync(dataDir);
	if (bavail * bsize < LITTLE_SPACE_BYTES) {
		const megabytes = Math.floor((bavail * bsize) / 1024 / 1024);
		return warning(CHECK, `Only ${megabytes} MB are free in ${dataDir}.`, 'Make room.');
	}
	return ok(CHECK, `${dataDir} can be written.`);
}
