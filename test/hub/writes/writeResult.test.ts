import { XERO_ENTITIES } from '../../../hub-server/src/records/xeroEntities';
import { writeResult, type EndedWrite } from '../../../hub-server/src/writes/writeResult';
import { guid } from '../../support/changingXero';

const entityOf = (name: string) => XERO_ENTITIES.find(({ entity }) => entity === name);

/** A POST of contacts that Xero answered with 200. */
function ended(write: Partial<EndedWrite> = {}): EndedWrite {
	return {
		method: 'POST',
		path: '/api.xro/2.0/Contacts',
		entity: entityOf('contact'),
		sent: [{ ContactID: guid(1), Name: 'Ann' }],
		status: 200,
		answer: { Contacts: [{ ContactID: guid(1), Name: 'Ann' }] },
		own: new Set([guid(1)]),
		...write,
	};
}

const refusal = {
	ContactID: '00000000-0000-0000-0000-000000000000',
	StatusAttributeString: 'ERROR',
	ValidationErrors: [{ Message: 'The contact name must be unique.' }],
};

describe('what a call has changed', () => {
	it.each<[string, Partial<EndedWrite>, string]>([
		['a record that it named', {}, 'updated'],
		['a PUT on a collection', { method: 'PUT', sent: [{ Name: 'Ann' }] }, 'created'],
		['a POST that may have found one', { sent: [{ Name: 'Ann' }] }, 'saved'],
		['a record that was so already', { own: new Set() }, 'unchanged'],
		['a record of a kind without versions', { own: undefined }, 'updated'],
		[
			'a contact that was archived',
			{
				sent: [{ ContactID: guid(1), ContactStatus: 'ARCHIVED' }],
				answer: { Contacts: [{ ContactID: guid(1), ContactStatus: 'ARCHIVED' }] },
			},
			'archived',
		],
		['a DELETE', { method: 'DELETE', sent: [] }, 'deleted'],
	])('is told of %s', (_what, write, change) => {
		const { outcome, records } = writeResult(ended(write));

		expect([outcome, records]).toEqual(['saved', [{ id: guid(1), change }]]);
	});

	it('is told of each record of a batch, with Xero’s sentence where it refused one', () => {
		const { outcome, records } = writeResult(
			ended({
				method: 'PUT',
				sent: [{ Name: 'Ann' }, { Name: 'Bob' }],
				answer: { Contacts: [{ ContactID: guid(1) }, refusal] },
			}),
		);

		expect(outcome).toBe('partly');
		expect(records).toEqual([
			{ id: guid(1), change: 'created' },
			{ id: null, change: 'refused', message: 'The contact name must be unique.' },
		]);
	});

	it('is a refusal in Xero’s words where the whole was refused', () => {
		const answer = {
			Type: 'ValidationException',
			Message: 'A validation exception occurred',
			Elements: [refusal],
		};

		expect(writeResult(ended({ status: 400, answer }))).toEqual({
			entity: 'contact',
			outcome: 'refused',
			message: 'The contact name must be unique.',
			records: [{ id: null, change: 'refused', message: 'The contact name must be unique.' }],
		});
	});

	it('is not believed of a 200 that names no record, or leaves one out', () => {
		const unnamed = { Contacts: [{ Name: 'Ann' }] };
		const fewer = ended({ sent: [{ Name: 'Ann' }, { Name: 'Bob' }] });

		expect(writeResult(ended({ answer: unnamed, sent: [{ Name: 'Ann' }] })).outcome).toBe(
			'unknown',
		);
		expect(writeResult(fewer).records.map(({ change }) => change)).toEqual(['unknown', 'unknown']);
	});

	it.each([undefined, 500, 503])('is not known where Xero answered %s', (status) => {
		const { outcome, message, records } = writeResult(ended({ status, answer: undefined }));

		expect([outcome, records]).toEqual(['unknown', []]);
		expect(message).toMatch(/whether .* saved it is not known/);
	});

	it('names the record whose attachment was added, and says nothing of what was deleted but its id', () => {
		const path = `/api.xro/2.0/Invoices/${guid(2).toUpperCase()}/Attachments/a.pdf`;
		const attached = { path, sent: [], entity: entityOf('invoice'), answer: { Attachments: [{}] } };
		const gone = ended({
			...{ method: 'DELETE', path: `/api.xro/2.0/Items/${guid(3)}`, sent: [], status: 204 },
			...{ entity: entityOf('item'), answer: undefined },
		});

		expect(writeResult(ended(attached)).records).toEqual([{ id: guid(2), change: 'updated' }]);
		expect(writeResult(gone)).toMatchObject({
			...{ outcome: 'saved', message: null },
			records: [{ id: guid(3), change: 'deleted' }],
		});
	});

	it('reads the Bank Feeds API’s word for each statement', () => {
		const problem = {
			type: 'duplicate-statement',
			title: 'Duplicate',
			detail: 'It was sent before.',
		};
		const answer = {
			items: [
				{ id: guid(1), status: 'PENDING' },
				{ id: guid(2), status: 'REJECTED', errors: [problem] },
			],
		};

		const feed = { path: '/bankfeeds.xro/1.0/Statements', entity: undefined, status: 202 };
		expect(writeResult(ended({ ...feed, answer }))).toEqual({
			...{ entity: null, outcome: 'partly', message: null },
			records: [
				{ id: guid(1), change: 'saved' },
				{ id: guid(2), change: 'refused', message: 'Duplicate: It was sent before.' },
			],
		});
	});

	it('calls purchase invoices bills, by Xero’s answer', () => {
		const bill = { InvoiceID: guid(1), Type: 'ACCPAY' };
		const write = { entity: entityOf('invoice'), path: '/api.xro/2.0/Invoices', sent: [bill] };

		expect(writeResult(ended({ ...write, answer: { Invoices: [bill] } })).entity).toBe('bill');
	});
});
