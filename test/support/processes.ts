import { spawn } from 'node:child_process';
import type { ChildProcessByStdio } from 'node:child_process';
import type { Readable } from 'node:stream';
import { eventually } from './eventually';

export interface StartedProcess {
	readonly name: string;
	readonly pid: number;
	/** What it wrote so far, to either stream. */
	log(): string;
	/** Resolves with the exit code, or with the signal that ended it. */
	readonly ended: Promise<number | NodeJS.Signals>;
	/** Resolves once `url` answers as it should; rejects when the process ends first. */
	untilServing(url: string, options?: UntilServingOptions): Promise<void>;
	/** SIGTERM, and SIGKILL when it is still there 15 s later. Idempotent. */
	stop(): Promise<number | NodeJS.Signals>;
	/** SIGKILL: what a power cut looks like to the process. */
	kill(): Promise<void>;
}

export interface UntilServingOptions {
	/** Default: 60 000. */
	readonly timeoutMs?: number;
	/** Default: any status below 300. */
	readonly isReady?: (response: Response) => boolean;
}

export interface StartProcessOptions {
	/** Shown with its log when a test fails. */
	readonly name: string;
	readonly command: string;
	readonly args: readonly string[];
	/** Its whole environment, besides PATH, HOME and TMPDIR. */
	readonly env?: Readonly<Record<string, string>>;
	readonly cwd?: string;
}

const STOP_GRACE_MS = 15_000;

declare global {
	/** Every process of this test file; the test environment reads it. */
	var startedProcesses: Set<StartedProcess> | undefined;
}

/** Starts a program of its own, with an environment that holds nothing by accident. */
export function startProcess(options: StartProcessOptions): StartedProcess {
	const { PATH = '', HOME = '', TMPDIR = '/tmp' } = process.env;
	const child = spawn(options.command, options.args, {
		cwd: options.cwd,
		env: { PATH, HOME, TMPDIR, ...options.env },
		stdio: ['ignore', 'pipe', 'pipe'],
	});
	let log = '';
	for (const stream of [child.stdout, child.stderr]) {
		stream.setEncoding('utf8').on('data', (text: string) => {
			log += text;
		});
	}
	const ended = untilEnded(child);
	// A process that ends while nobody waits for it must not end the test run.
	ended.catch(() => undefined);
	let over = false;
	const markOver = () => {
		over = true;
	};
	ended.then(markOver, markOver);

	const started: StartedProcess = {
		name: options.name,
		pid: child.pid ?? 0,
		log: () => log,
		ended,
		async untilServing(
			url,
			{ timeoutMs = 60_000, isReady = (response: Response) => response.ok } = {},
		) {
			await eventually(
				`${options.name} at ${url}`,
				async () => {
					if (over) throw new Error(`${options.name} ended before it served ${url}:\n${log}`);
					return (await isServing(url, isReady)) ? true : undefined;
				},
				{ timeoutMs, intervalMs: 50 },
			);
		},
		async stop() {
			child.kill('SIGTERM');
			const force = setTimeout(() => child.kill('SIGKILL'), STOP_GRACE_MS);
			return await ended.finally(() => clearTimeout(force));
		},
		async kill() {
			child.kill('SIGKILL');
			await ended;
		},
	};
	(globalThis.startedProcesses ??= new Set()).add(started);
	return started;
}

/** How long output may still come after the end, in milliseconds: a child it left behind may hold the pipe. */
const LAST_WORDS_MS = 1_000;

async function untilEnded(
	child: ChildProcessByStdio<null, Readable, Readable>,
): Promise<number | NodeJS.Signals> {
	return await new Promise((resolve, reject) => {
		child.once('error', reject);
		child.once('exit', (code, signal) => {
			const hangUp = setTimeout(() => {
				child.stdout.destroy();
				child.stderr.destroy();
			}, LAST_WORDS_MS);
			child.once('close', () => {
				clearTimeout(hangUp);
				resolve(code ?? signal ?? 1);
			});
		});
	});
}

async function isServing(url: string, isReady: (response: Response) => boolean): Promise<boolean> {
	try {
		const response = await fetch(url, { signal: AbortSignal.timeout(5_000) });
		await response.arrayBuffer();
		return isReady(response);
	} catch {
		return false;
	}
}
