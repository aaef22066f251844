import {
	ANY_EVENT,
	overdueDaysOf,
	OVERDUE_TYPES,
	RAW_EVENT,
	type RelayedEvent,
	type SubscriptionView,
} from '../../protocol';
import { findEntity, recordPath } from '../records/xeroEntities';
import { EXAMPLE_DUE_DATE, exampleRecord } from './exampleRecord';

/** The all-zero id: no organisation has it. */
const NOBODY = '00000000-0000-0000-0000-000000000000';

/**
 * A made-up event of the first type that a subscription names, as a real one would come: with its record where it
 * asks for records.
 *
 * @param about `id`: of the event; `at`: epoch milliseconds; `apiUrl`: `https://api.xero.com`, without a trailing slash
 */
export function exampleBody(
	subscription: Pick<SubscriptionView, 'events' | 'filter' | 'hydrate'>,
	about: {
		readonly id: string;
		readonly at: number;
		readonly workspace: string;
		readonly apiUrl: string;
	},
): RelayedEvent {
	const { events, hydrate } = subscription;
	const type = events.find((one) => one !== ANY_EVENT && one !== RAW_EVENT) ?? 'invoice.updated';
	const entity = type.slice(0, type.lastIndexOf('.'));
	const read = findEntity(entity);
	const record = exampleRecord(type);
	const recordId = record && read ? String(record[read.idField]) : NOBODY;
	const isOverdue = OVERDUE_TYPES.includes(type);
	const hasChanged = !isOverdue && /\.(paid|voided|accepted|declined|invoiced|billed)$/.test(type);
	const at = new Date(about.at).toISOString();
	return {
		id: about.id,
		type,
		workspace: about.workspace,
		tenant: { id: NOBODY, name: 'Example organisation' },
		source: 'replay',
		occurredAt: at,
		receivedAt: at,
		types: isOverdue ? [type] : [...new Set([type, plainType(type)])],
		resource: {
			id: recordId,
			url: read === undefined ? '' : `${about.apiUrl}${recordPath(read, recordId)}`,
			entity,
		},
		links: [{ system: 'crm', externalId: 'example-1' }],
		...(isOverdue && {
			data: { dueDate: EXAMPLE_DUE_DATE, overdueDays: overdueDaysOf(subscription) },
		}),
		...(hydrate && record && { record: { ...record } }),
		...(hasChanged && { changed: ['Status'], previous: { Status: 'SUBMITTED' } }),
		sample: 'example',
	};
}

/** `contact.archived` is told by a `contact.updated`. */
function plainType(type: string): string {
	return /\.(created|updated|deleted)$/.test(type) ? type : `${type.split('.')[0]}.updated`;
}
