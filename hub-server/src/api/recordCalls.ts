import { z } from 'zod';
import type { EventReader } from '../events/eventReader';
import { defineCall } from '../http/defineCall';
import { groupCalls } from '../http/HttpCall';
import type { LinkStore } from '../links/LinkStore';
import { isLinkedEntity } from '../links/readLinkRows';
import type { KnownRecords } from '../records/knownRecords';
import { UNKNOWN } from './refusals';
import { time } from './times';

export interface RecordCallsDeps {
	readonly knownRecords: KnownRecords;
	readonly events: Pick<EventReader, 'eventsOfRecord'>;
	readonly links: Pick<LinkStore, 'ofXero'>;
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
	links: z
		.array(
			z.object({
				system: z.string(),
				externalId: z.string(),
				state: z.enum(['linked', 'broken', 'claiming']),
				updatedAt: time,
			}),
		)
		.describe('what it is in other systems'),
	events: z
		.array(z.object({ id: z.string(), type: z.string(), source: z.string(), occurredAt: time }))
		.describe('the last 20 about it, newest first'),
});

/** `/api/v1/records/…`: what the hub knows without asking Xero. */
export function createRecordCalls({ knownRecords, events, links }: RecordCallsDeps) {
	return groupCalls('Records', [
		defineCall({
			method: 'get',
			path: '/api/v1/records/{tenantId}/{entity}/{xeroId}',
			access: 'workspace',
			needs: { scope: 'read', organisations: 'path' },
			summary: 'A record as the hub last knew it; Xero is not asked',
			status: 200,
			answer: RecordAnswer,
			refusals: UNKNOWN,
			async handle({ workspace, params: { tenantId, entity, xeroId } }) {
				const known = await knownRecords.record(workspace.id, { tenantId, entity, id: xeroId });
				const about = await events.eventsOfRecord(workspace.id, known);
				// Without a copy of it nobody knows whether it is a bill.
				const entities =
					known.entity === 'invoice' ? (['invoice', 'bill'] as const) : [known.entity];
				const of = await links.ofXero(
					workspace.id,
					known.tenantId,
					entities.filter(isLinkedEntity).map((one) => ({ entity: one, xeroId: known.id })),
				);
				return {
					...known,
					links: of.map(({ system, externalId, state, updatedAt }) => ({
						...{ system, externalId, state },
						updatedAt: new Date(updatedAt).toISOString(),
					})),
					events: about,
				};
			},
		}),
	]);
}
