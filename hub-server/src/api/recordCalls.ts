import { z } from 'zod';
import type { EventReader } from '../events/eventReader';
import { defineCall } from '../http/defineCall';
import { groupCalls } from '../http/HttpCall';
import type { KnownRecords } from '../records/knownRecords';
import { UNKNOWN } from './refusals';
import { time } from './times';

export interface RecordCallsDeps {
	readonly knownRecords: KnownRecords;
	readonly events: Pick<EventReader, 'eventsOfRecord'>;
}

const RecordAnswer = z.object({
	tenantId: z.string(),
	entity: z.string(),
	id: z.string(),
	version: z.string().describe('Xero’s time of the last change in milliseconds, else a hash'),
	hash: z.string().nullable().describe('null until it was read from its list'),
	status: z.string().nullable(),
	record: z
		.record(z.string(), z.unknown())
		.nullable()
		.describe('as Xero last answered it; null where the hub keeps hashes only'),
	deleted: z.boolean(),
	firstSeenAt: time,
	seenAt: time,
	links: z.array(z.object({ system: z.string(), externalId: z.string() })),
	events: z
		.array(z.object({ id: z.string(), type: z.string(), source: z.string(), occurredAt: time }))
		.describe('the last 20 about it, newest first'),
});

/** `/api/v1/records/…`: what the hub knows without asking Xero. */
export function createRecordCalls({ knownRecords, events }: RecordCallsDeps) {
	return groupCalls('Records', [
		defineCall({
			method: 'get',
			path: '/api/v1/records/{tenantId}/{entity}/{xeroId}',
			access: 'workspace',
			summary: 'A record as the hub last knew it; Xero is not asked',
			status: 200,
			answer: RecordAnswer,
			refusals: UNKNOWN,
			async handle({ workspace, params: { tenantId, entity, xeroId } }) {
				const known = await knownRecords.record(workspace.id, { tenantId, entity, id: xeroId });
				const about = await events.eventsOfRecord(workspace.id, known);
				return { ...known, links: [], events: about };
			},
		}),
	]);
}
