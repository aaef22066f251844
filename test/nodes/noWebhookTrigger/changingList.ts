import type { IDataObject } from 'n8n-workflow';

import type { XeroReply } from '../../../nodes/Xero/messages/XeroReply';
import type { XeroRequest } from '../../../nodes/Xero/messages/XeroRequest';
import type { PageReader } from '../../../nodes/Xero/requests/readPage';

/** A list of contacts as Xero answers it, whose records change whenever the test wants, also between two pages. */
export class ChangingList {
	readonly records = new Map<string, IDataObject>();
	readonly requests: XeroRequest[] = [];
	/** What happens before each answer. */
	meanwhile: () => void = () => {};
	/** Answers instead of the list. */
	refusal: XeroReply | undefined;

	/** @param nowMs Xero's clock, in Unix milliseconds */
	constructor(public nowMs: number) {}

	/** Makes the record, or changes it, later than anything before. */
	change(id: string, members: IDataObject = {}, afterMs = 40): void {
		this.nowMs += afterMs;
		this.records.set(id, {
			ContactStatus: 'ACTIVE',
			...this.records.get(id),
			...members,
			ContactID: id,
			UpdatedDateUTC: `/Date(${this.nowMs}+0000)/`,
		});
	}

	get reader(): PageReader {
		return {
			nowMs: () => this.nowMs,
			transport: {
				route: 'direct',
				organisations: async () => ({ ok: true, value: [] }),
				send: async (request) => {
					this.requests.push(request);
					this.meanwhile();
					return this.refusal ?? this.answer(request);
				},
			},
		};
	}

	private answer({ query = {}, ifModifiedSince }: XeroRequest): XeroReply {
		const since = ifModifiedSince === undefined ? -Infinity : Date.parse(`${ifModifiedSince}Z`);
		const page = Number(query.page);
		// Lists that take no size have pages of 100.
		const pageSize = Number(query.pageSize ?? 100);
		const oldestFirst = [...this.records.values()]
			.filter((record) => timeOf(record) > since)
			.sort((a, b) => timeOf(a) - timeOf(b));
		const ordered = query.order?.endsWith('DESC') === true ? oldestFirst.reverse() : oldestFirst;
		return {
			kind: 'answered',
			status: 200,
			headers: {},
			body: {
				DateTimeUTC: `/Date(${this.nowMs})/`,
				pagination: { page, pageSize, pageCount: Math.ceil(ordered.length / pageSize) },
				Contacts: ordered.slice((page - 1) * pageSize, page * pageSize),
			},
		};
	}
}

function timeOf(record: IDataObject): number {
	return Number(/\d+/.exec(String(record.UpdatedDateUTC))?.[0]);
}
