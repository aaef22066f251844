import type { Reply } from '../http/Reply';
import { html } from '../http/Reply';
import { Faults } from './Faults';
import { cutInHalf, oddRecords, withoutIds, withoutLast } from './spoilElements';

export interface FaultSwitches {
	current(): Faults;
	/** Replaces all switches. */
	set(faults: Faults): void;
	/** The answer that a fault gives in place of the real one. */
	replyInstead(method: string, path: string): Reply | undefined;
	/** The request as the API gets it: one whose paging is ignored asks for another page. */
	misread<
		R extends { readonly method: string; readonly path: string; readonly query: URLSearchParams },
	>(
		request: R,
	): R;
	/** The answer as the client gets it, where it leaves something out. */
	misreport(method: string, path: string, reply: Reply): Reply;
	/** Whether this request is carried out but never answered. */
	dropsAnswer(method: string, path: string): boolean;
}

type CountedFault =
	| 'status'
	| 'htmlError'
	| 'dropAfterCommit'
	| 'answersWithoutIds'
	| 'answersFewer'
	| 'answersOddRecords'
	| 'cutsAnswer'
	| 'ignoresPaging';

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
		misread(request) {
			const { ignoresPaging } = faults;
			const { method, path } = request;
			if (ignoresPaging === undefined || !strikes('ignoresPaging', method, path)) return request;
			return { ...request, query: withoutPage(request.query, ignoresPaging.gives) };
		},
		misreport(method, path, reply) {
			const { answersWithoutIds, answersFewer, answersOddRecords, cutsAnswer } = faults;
			if (reply.status >= 300) return reply;
			if (answersWithoutIds !== undefined && strikes('answersWithoutIds', method, path)) {
				return withoutIds(reply, answersWithoutIds.as);
			}
			if (answersFewer !== undefined && strikes('answersFewer', method, path)) {
				return withoutLast(reply);
			}
			if (answersOddRecords !== undefined && strikes('answersOddRecords', method, path)) {
				return oddRecords(reply);
			}
			if (cutsAnswer !== undefined && strikes('cutsAnswer', method, path)) return cutInHalf(reply);
			return reply;
		},
		dropsAnswer: (method, path) => strikes('dropAfterCommit', method, path),
	};
}

function withoutPage(query: URLSearchParams, gives: 'firstPage' | 'wholeList'): URLSearchParams {
	const asked = new URLSearchParams(query);
	asked.delete('offset');
	asked.delete('page');
	if (gives === 'firstPage' && query.has('page')) asked.set('page', '1');
	if (gives === 'wholeList') asked.delete('pageSize');
	return asked;
}

const GATEWAY_PAGE =
	'<!DOCTYPE html><html><head><title>Service Unavailable</title></head><body><h1>Service Unavailable</h1><p>The server is temporarily unable to service your request.</p></body></html>';
