// n8n-core is loaded outside the test file, whose `process.env` is a copy.
import './engine/environment';

import type { Circus } from '@jest/types';
import { TestEnvironment } from 'jest-environment-node';
import { forgetOwnModules } from './forgetOwnModules';
import { joinRealms } from './joinRealms';
import type { StartedProcess } from './processes';

/** How much of each process's log a failed test shows, in characters. */
const LOG_TAIL = 6_000;

/** Shows what the started processes wrote when a test fails, and ends those a test file left behind. */
export default class ProcessEnvironment extends TestEnvironment {
	/** Packages are loaded outside the test file's realm, see `packagesOnce.js`. */
	readonly #partRealms = joinRealms(globalThis, this.global);

	handleTestEvent(event: Circus.Event): void {
		if (event.name !== 'test_fn_failure' && event.name !== 'hook_failure') return;
		for (const { name, log } of this.#processes()) {
			process.stderr.write(`\n── ${name} wrote ──\n${log().slice(-LOG_TAIL)}\n`);
		}
	}

	override async teardown(): Promise<void> {
		await Promise.allSettled([...this.#processes()].map((started) => started.stop()));
		this.#partRealms();
		forgetOwnModules();
		await super.teardown();
	}

	#processes(): Iterable<StartedProcess> {
		return this.global.startedProcesses ?? [];
	}
}
