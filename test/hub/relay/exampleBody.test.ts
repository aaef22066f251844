import { EVENT_TYPES } from '../../../hub-server/protocol';
import { DERIVED_TYPES, derivedTypes, recordStanding } from '../../../hub-server/protocol/xero';
import { owedDue } from '../../../hub-server/src/records/owedDue';
import { entityOfRecord } from '../../../hub-server/src/records/entityOfRecord';
import { findEntity } from '../../../hub-server/src/records/xeroEntities';
import { exampleBody } from '../../../hub-server/src/relay/exampleBody';

const about = { id: 'sample_1', at: 0, workspace: 'acme', apiUrl: 'https://api.xero.com' };
const example = (type: string, options: object = {}) =>
	exampleBody({ events: [type], filter: null, hydrate: true, ...options }, about);

const READ = EVENT_TYPES.filter((type) => findEntity(type.slice(0, type.lastIndexOf('.'))));

describe('an example', () => {
	it.each(READ)('of %s has a record of its kind, and says that it is none of Xero’s', (type) => {
		const body = example(type);
		const entity = type.slice(0, type.lastIndexOf('.'));
		const read = findEntity(entity)!;

		expect(body).toMatchObject({ type, sample: 'example', resource: { entity } });
		expect(body.types[0]).toBe(type);
		expect(body.record?.[read.idField]).toBe(body.resource.id);
		expect(body.resource.url).toMatch(/^https:\/\/api\.xero\.com\/.+\/.+/);
		expect(entityOfRecord(read.category, body.record)).toBe(entity);
		expect(body.tenant.id).toBe('00000000-0000-0000-0000-000000000000');
	});

	it.each(DERIVED_TYPES.map(({ type, entity }) => [type, entity]))(
		'of %s has become that',
		(type, entity) => {
			const standing = recordStanding(example(type).record!);
			const before = { status: 'SUBMITTED', sent: false, mergedInto: null };

			expect(derivedTypes(entity, before, standing)).toContain(type);
		},
	);

	it.each(['invoice.overdue', 'bill.overdue'])('of %s is owed, by so many days', (type) => {
		const body = example(type, { filter: { overdueDays: 7 } });

		expect(body.data).toEqual({ dueDate: owedDue(body.record!)?.day, overdueDays: 7 });
		expect(body).not.toHaveProperty('changed');
	});

	it('has no record where none was asked for', () => {
		expect(example('invoice.paid', { hydrate: false })).not.toHaveProperty('record');
	});

	it('is of a sales invoice where everything was asked for, and of what the hub cannot read too', () => {
		expect(example('*').type).toBe('invoice.updated');
		expect(example('subscription.updated')).toMatchObject({ resource: { entity: 'subscription' } });
	});
});
