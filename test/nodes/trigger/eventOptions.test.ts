import { EVENT_TYPES, feedsOf, isSubscribable } from '../../../hub-server/protocol';
import {
	findEntity,
	isReadWhole,
	XERO_ENTITIES,
} from '../../../hub-server/src/records/xeroEntities';
import { eventOptions } from '../../../nodes/XeroTrigger/eventOptions';

const option = (value: string) => eventOptions.find((one) => one.value === value);

describe('the events that a trigger can be chosen for', () => {
	it('begin with the popular ones, then with what a record becomes, by entity', () => {
		const values = eventOptions.map(({ value }) => value);

		expect(values.slice(0, 8)).toEqual([
			...['invoice.paid', 'invoice.overdue', 'invoice.authorised', 'invoice.created'],
			...['bill.authorised', 'bill.paid', 'contact.created', 'contact.updated'],
		]);
		expect(values.slice(8, 11)).toEqual(['invoice.voided', 'invoice.sent', 'bill.voided']);
		expect(values.slice(-2)).toEqual(['*', 'raw']);
	});

	it('are called in words that say when', () => {
		expect(option('invoice.paid')).toMatchObject({
			name: 'On Invoice Paid',
			action: 'On invoice paid',
		});
		for (const { name, action } of eventOptions) {
			expect(name).toMatch(/^On [A-Z]/);
			expect(name.toLowerCase()).toBe(action?.toLowerCase());
		}
	});

	it('hold every entity of the hub, and what is gone of it', () => {
		const entities = XERO_ENTITIES.map(({ entity }) => entity);
		for (const entity of entities.filter((one) => one !== 'bank_statement')) {
			expect(option(`${entity}.created`)).toBeDefined();
			if (entity !== 'organisation') expect(option(`${entity}.deleted`)).toBeDefined();
		}
	});

	it('are each once, can be subscribed to, and say what feeds them', () => {
		expect(new Set(EVENT_TYPES).size).toBe(EVENT_TYPES.length);
		for (const type of EVENT_TYPES) {
			expect(isSubscribable(type)).toBe(true);
			expect(option(type)?.description).toMatch(
				/\. Fed by: (webhook|sync|sweep|clock)( · \w+)*\.$/,
			);
		}
	});

	it.each([
		['invoice.paid', 'webhook · sync · sweep'],
		['invoice.overdue', 'clock'],
		['contact.deleted', 'sweep'],
		['payment.deleted', 'webhook · sync · sweep'],
		['quote.updated', 'sync · sweep'],
		['tax_rate.deleted', 'sync'],
		['bank_statement.rejected', 'sync'],
		['subscription.created', 'webhook'],
	])('%s is fed by %s', (type, feeds) => {
		expect(feedsOf(type).join(' · ')).toBe(feeds);
	});

	it.each(EVENT_TYPES.filter((type) => !type.endsWith('.overdue')))(
		'%s is swept where its list tells changes',
		(type) => {
			const entity = findEntity(type.slice(0, type.lastIndexOf('.')));

			expect(feedsOf(type).includes('sweep')).toBe(entity !== undefined && !isReadWhole(entity));
		},
	);
});
