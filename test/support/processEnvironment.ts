import type { Circus } from '@jest/types';
import { TestEnvironment } from 'jest-environment-node';
import type { StartedProcess } from './processes';

/** How much of each process's log a failed test shows, in characters. */
const LOG_TAIL = 6_000;

/** Shows what the started processes wrote when a test fails, and ends those a test file left behind. */
export default class ProcessEnvironment extends TestEnvironment {
	handleTestEvent(event: Circus.Event): void {
		if (event.name !== 'test_fn_failure' && event.name !== 'hook_failure') return;
		for (const { name, log } of this.#processes()) {
			process.stderr.write(`\n── ${name} wrote ──\n${log().slice(-LOG_TAIL)}\n`);
		}
	}

	override async teardown(): Promise<void> {
		await Promise.allSettled([...this.#processes()].map((started) => started.stop()));
		await super.teardown();
	}

	#processes(): Iterable<StartedProcess> {
		return this.global.startedProcesses ?? [];
	}
}
