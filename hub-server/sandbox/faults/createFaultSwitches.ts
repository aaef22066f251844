import type { Reply } from '../http/Reply';
import { html } from '../http/Reply';
import { Faults } from './Faults';

export interface FaultSwitches {
	current(): Faults;
	/** Replaces all switches. */
	set(faults: Faults): void;
	/** The answer that a fault gives in place of the real one. */
	replyInstead(method: string, path: string): Reply | undefined;
	/** Whether this request is carried out but never answered. */
	dropsAnswer(method: string, path: string): boolean;
}

type CountedFault = 'status' | 'htmlError' | 'dropAfterCommit';

export function createFaultSwitches(): FaultSwitches {
	let faults = Faults.parse({});
	const struck = new Map<CountedFault, number>();

	function strikes(name: CountedFault, method: string, path: string): boolean {
		const fault = faults[name];
		if (fault === undefined) return false;
		if (fault.method !== undefined && fault.method !== method) return false;
		if (!path.toLowerCase().includes(fault.path.toLowerCase())) return false;
		const before = struck.get(name) ?? 0;
		if (before >= fault.times) return false;
		struck.set(name, before + 1);
		return true;
	}

	return {
		current: () => faults,
		set(next) {
			faults = next;
			struck.clear();
		},
		replyInstead(method, path) {
			if (faults.status !== undefined && strikes('status', method, path)) {
				return { status: faults.status.status, body: faults.status.body ?? '' };
			}
			if (faults.htmlError !== undefined && strikes('htmlError', method, path)) {
				return html(faults.htmlError.status, GATEWAY_PAGE);
			}
			return undefined;
		},
		dropsAnswer: (method, path) => strikes('dropAfterCommit', method, path),
	};
}

const GATEWAY_PAGE =
	'<!DOCTYPE html><html><head><title>Service Unavailable</title></head><body><h1>Service Unavailable</h1><p>The server is temporarily unable to service your request.</p></body></html>';
