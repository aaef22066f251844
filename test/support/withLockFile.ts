import { readFileSync, rmSync, writeFileSync } from 'node:fs';
import { eventually } from './eventually';

/** As long as the slowest thing done under a lock. */
const WAIT_MS = 15 * 60_000;

/**
 * Runs `work` while no other process of this machine runs under the same file. The file holds its
 * owner's process id, and is taken over from an owner that is gone.
 *
 * @param signal ends the wait for the file, not the work
 */
export async function withLockFile(
	file: string,
	work: () => Promise<void>,
	signal?: AbortSignal,
): Promise<void> {
	await eventually(
		`the lock ${file}`,
		() => {
			signal?.throwIfAborted();
			if (tryCreate(file)) return Promise.resolve(true);
			if (!isAlive(ownerOf(file))) rmSync(file, { force: true });
			return Promise.resolve(undefined);
		},
		{ timeoutMs: WAIT_MS, intervalMs: 250 },
	);
	try {
		await work();
	} finally {
		rmSync(file, { force: true });
	}
}

function tryCreate(file: string): boolean {
	try {
		writeFileSync(file, String(process.pid), { flag: 'wx' });
		return true;
	} catch (error) {
		if ((error as NodeJS.ErrnoException).code === 'EEXIST') return false;
		throw error;
	}
}

function ownerOf(file: string): number {
	try {
		return Number(readFileSync(file, 'utf8'));
	} catch {
		return Number.NaN;
	}
}

function isAlive(pid: number): boolean {
	try {
		return process.kill(pid, 0);
	} catch (error) {
		return (error as NodeJS.ErrnoException).code === 'EPERM';
	}
}
