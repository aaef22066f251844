import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { debianTool } from './debianTool';

const HOME = '/usr/lib/postgresql';

/**
 * Where Debian's newest PostgreSQL is: a folder whose `bin` has the server and, of the same version,
 * `pg_dump` and `pg_restore`, which the npm package does not bring. Installed where it is missing.
 */
export function debianPostgres(): string {
	// The wrapper that comes with a server, not with the clients alone.
	debianTool('pg_ctlcluster', 'postgresql');
	const [newest] = readdirSync(HOME).sort((a, b) => Number(b) - Number(a));
	if (newest === undefined) throw new Error(`This test needs a PostgreSQL in ${HOME}.`);
	return join(HOME, newest);
}
