import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { z } from 'zod';
import { NotFoundError } from '../errors/requestErrors';
import { defineCall, defineRawCall } from '../http/defineCall';
import { groupCalls } from '../http/HttpCall';
import { readWeek } from '../writes/Week';
import { WRITE_OUTCOMES, type WriteFilter, type WriteReader } from '../writes/writeReader';
import { writesCsv } from '../writes/writesCsv';
import { RECORD_CHANGES } from '../writes/WrittenChange';
import { connectionName } from '../xero/connections/connectionName';
import type { ConnectionRows } from '../xero/connections/connectionRows';
import { Page, pageOf } from './paging';
import { UNKNOWN } from './refusals';
import { time } from './times';

export interface WriteCallsDeps {
	readonly writeReader: WriteReader;
	readonly connections: Pick<ConnectionRows, 'list'>;
}

const moment = z.iso
	.datetime({ offset: true, error: 'must be a time such as 2026-11-02T09:00:00Z' })
	.transform((text) => Date.parse(text));

const Range = z.object({
	tenantId: z.guid('must be the id of an organisation').optional(),
	since: moment.optional().describe('begun then or later'),
	until: moment.optional().describe('begun before'),
});

const name = z.string().max(200);

const WriteQuery = Page.extend(Range.shape).extend({
	workflow: name.optional().describe('id of the workflow; empty: calls that named none'),
	entity: name.optional().describe('as event types name it'),
	outcome: z.enum(WRITE_OUTCOMES).optional(),
	system: name.optional().describe('the other system of a push'),
	pushId: name.optional(),
});

const Workflow = z
	.object({ id: z.string(), name: z.string().nullable() })
	.nullable()
	.describe('as the caller named itself; null where it did not');

const WriteAnswer = z.object({
	id: z.string(),
	at: time,
	tenantId: z.string(),
	outcome: z
		.enum(WRITE_OUTCOMES)
		.describe('partly: some of the records; unknown: whether Xero saved it is not known'),
	status: z.number().nullable().describe('of Xero’s answer; null where none came'),
	message: z.string().nullable().describe('in Xero’s words, or what is not known'),
	method: z.string().nullable(),
	path: z.string().nullable(),
	entity: z.string().nullable().describe('null where the hub reads no records of that kind'),
	part: z.string().nullable().describe('such as Attachments: what of a record was written'),
	records: z.array(
		z.object({
			id: z.string().nullable(),
			label: z.string().nullable().describe('number and name, where the hub has a copy'),
			change: z
				.enum(RECORD_CHANGES)
				.describe('saved: made or changed, which of the two Xero does not say'),
			message: z.string().nullable().describe('why it was refused, in Xero’s words'),
			xeroUrl: z.string().nullable(),
			isKnown: z.boolean().describe('whether the hub has read it'),
		}),
	),
	moreRecords: z.number().describe('records beyond those that are listed'),
	fields: z.array(z.string()).describe('names of members that were sent'),
	workflow: Workflow,
	node: z.string().nullable(),
	system: z.string().nullable(),
	pushId: z.string().nullable(),
	key: z.object({ id: z.string(), name: z.string() }).nullable().describe('the API key'),
});

const SummaryAnswer = z.object({
	items: z.array(
		z.object({
			workflow: Workflow,
			calls: z.number(),
			created: z.number().describe('records'),
			updated: z.number(),
			deleted: z.number().describe('voided and archived ones too'),
			refused: z.number(),
			unknown: z.number().describe('calls of which it is not known whether Xero saved them'),
			lastAt: time,
		}),
	),
	isCut: z.boolean().describe('there were more calls than are counted; the oldest are not'),
});

/** `/api/v1/writes…`: what automation changed in Xero. */
export function createWriteCalls({ writeReader, connections }: WriteCallsDeps) {
	return groupCalls('Writes', [
		defineCall({
			method: 'get',
			path: '/api/v1/writes',
			access: 'workspace',
			needs: { scope: 'read', organisations: 'narrowed' },
			summary: 'Lists what was written to Xero through the hub, newest first',
			query: WriteQuery,
			status: 200,
			answer: pageOf(WriteAnswer),
			async handle({ workspace, organisations, query: { cursor, limit, ...filter } }) {
				const narrowed = { ...filter, ...organisations.narrow(filter.tenantId) };
				return writeReader.list(workspace.id, narrowed, { cursor, limit });
			},
		}),
		defineCall({
			method: 'get',
			path: '/api/v1/writes/summary',
			access: 'workspace',
			needs: { scope: 'read', organisations: 'narrowed' },
			summary: 'Sums up what each workflow wrote to Xero',
			query: Range,
			status: 200,
			answer: SummaryAnswer,
			handle: async ({ workspace, organisations, query }) =>
				writeReader.byWorkflow(workspace.id, { ...query, ...organisations.narrow(query.tenantId) }),
		}),
		defineRawCall({
			method: 'get',
			path: '/api/v1/writes/weeks/{week}',
			access: 'workspace',
			needs: { scope: 'read', organisations: 'narrowed' },
			summary: 'What was written to Xero in a week, as CSV: a line a record',
			description:
				'`week` is one of ISO 8601, such as 2026-W48.csv: Monday to Sunday, UTC. A cell that a spreadsheet would take ' +
				'for a formula begins with an apostrophe.',
			status: 200,
			answer: 'text/csv',
			refusals: UNKNOWN,
			async respond(_request, response, { workspace, organisations, params }) {
				const week = readWeek(params.week.replace(/\.csv$/, ''));
				if (week === undefined) {
					throw new NotFoundError(`"${params.week}" is no week. Name one such as 2026-W48.csv.`);
				}
				const { from: since, until } = week;
				const held = await connections.list(workspace.id);
				const names = new Map(held.map((one) => [one.tenantId, connectionName(one)]));
				response.type('text/csv').attachment(`automation-${week.name}.csv`);
				const filter: WriteFilter = { since, until, ...organisations.narrow() };
				const lines = writesCsv(
					...([writeReader, workspace.id, filter, (id: string) => names.get(id) ?? id] as const),
				);
				await pipeline(Readable.from(lines), response);
			},
		}),
	]);
}
