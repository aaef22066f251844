import { statfsSync } from 'node:fs';

/** `f_type` of statfs(2) for file systems on which SQLite's locks cannot be trusted. */
const NETWORK_FILE_SYSTEMS = new Map([
	[0x6969, 'NFS'],
	[0xff534d42, 'CIFS'],
	[0xfe534d42, 'SMB2'],
	[0x517b, 'SMB'],
	[0x01021997, '9p'],
]);

/** @throws Error that names the file system, when `dir` lies on a network share */
export function refuseNetworkFileSystem(
	dir: string,
	typeOf: (dir: string) => number = (path) => statfsSync(path).type,
): void {
	const name = NETWORK_FILE_SYSTEMS.get(typeOf(dir) >>> 0);
	if (name === undefined) return;
	throw new Error(
		`The data folder ${dir} is on a network file system (${name}), where SQLite can corrupt its file. ` +
			'Set HUB_DATA_DIR to a local disk, or DATABASE_URL to a PostgreSQL server.',
	);
}
