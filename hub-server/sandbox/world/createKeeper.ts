import { mkdir } from 'node:fs/promises';
import { saveState } from './stateFile';
import type { World } from './World';

/** Keeps the state on disk, soon after it changed. */
export interface Keeper {
	changed(): void;
	/** Writes what is not written yet. */
	close(): Promise<void>;
}

const SOON_MS = 100;

/** @param dataDir nothing is written when undefined */
export function createKeeper(
	world: World,
	dataDir: string | undefined,
	onFault: (error: unknown) => void,
): Keeper {
	if (dataDir === undefined) return { changed: () => undefined, close: async () => undefined };

	let timer: NodeJS.Timeout | undefined;
	let writing: Promise<void> = Promise.resolve();
	const write = (): void => {
		timer = undefined;
		writing = writing
			.then(() => mkdir(dataDir, { recursive: true }))
			.then(() => saveState(dataDir, world));
		writing.catch(onFault);
	};

	return {
		changed() {
			timer ??= setTimeout(write, SOON_MS);
		},
		async close() {
			clearTimeout(timer);
			write();
			await writing;
		},
	};
}
