import { existsSync, mkdirSync } from 'node:fs';
import { dirname, resolve } from 'node:path';

/**
 * Makes a folder and those above it that are missing, for their owner only. Node's own `recursive` would
 * never return from below /proc, where the kernel says ENOENT to every new name.
 *
 * @throws the system's error, when it cannot be made
 */
export function makeFolder(path: string): void {
	const missing: string[] = [];
	for (let folder = resolve(path); !existsSync(folder); folder = dirname(folder)) {
		missing.unshift(folder);
	}
	for (const folder of missing) {
		try {
			mkdirSync(folder, { mode: 0o700 });
		} catch (cause) {
			// Another process was faster, or what is there cannot be seen: the next step tells.
			if ((cause as NodeJS.ErrnoException).code !== 'EEXIST') throw cause;
		}
	}
}
