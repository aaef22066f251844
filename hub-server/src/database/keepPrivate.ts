import { chmodSync, closeSync, existsSync, openSync } from 'node:fs';

/** What SQLite puts beside a file; new ones get the file's own mode (sqlite.org/wal.html). */
const BESIDE = ['-wal', '-shm', '-journal'];

/**
 * Makes a file of SQLite's readable and writable for its owner alone, with those beside it; it is made when missing.
 * Where the owner is somebody else, they stay as they are.
 */
export function keepPrivate(file: string): void {
	closeSync(openSync(file, 'a', 0o600));
	for (const path of [file, ...BESIDE.map((end) => `${file}${end}`)].filter(existsSync)) {
		try {
			chmodSync(path, 0o600);
		} catch (cause) {
			if ((cause as NodeJS.ErrnoException).code !== 'EPERM') throw cause;
		}
	}
}
