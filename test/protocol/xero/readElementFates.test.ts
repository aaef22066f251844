import fc from 'fast-check';

import { readElementFates } from '../../../hub-server/protocol/xero';

const ZERO = '00000000-0000-0000-0000-000000000000';

describe('readElementFates', () => {
	it('gives each sent element its own fate, whichever are refused', () => {
		fc.assert(
			fc.property(fc.array(fc.boolean(), { minLength: 1, maxLength: 50 }), (accepted) => {
				const answered = accepted.map((ok, index) =>
					ok
						? { InvoiceID: `id-${index}`, StatusAttributeString: 'OK' }
						: {
								InvoiceID: ZERO,
								StatusAttributeString: 'ERROR',
								ValidationErrors: [{ Message: `Reason ${index}` }],
							},
				);

				const fates = readElementFates(
					accepted.map(() => ({})),
					answered,
					'InvoiceID',
				);

				fates.forEach((fate, index) => {
					expect(fate.ok).toBe(accepted[index]);
					if (fate.ok) expect(fate.record.InvoiceID).toBe(`id-${index}`);
					else
						expect(fate).toEqual({ ok: false, reason: 'refused', sentences: [`Reason ${index}`] });
				});
			}),
		);
	});

	it('follows the id where the answer is in another order', () => {
		const ids = ['a', 'b', 'c'];

		const fates = readElementFates(
			ids.map((id) => ({ id })),
			[{ ContactID: 'C' }, { ContactID: 'A' }, { ContactID: 'B' }],
			'ContactID',
		);

		expect(fates.map((fate) => fate.ok && fate.record.ContactID)).toEqual(['A', 'B', 'C']);
	});

	it('never calls an element saved that the answer does not mention', () => {
		const fates = readElementFates([{}, {}], [{ ContactID: 'a' }], 'ContactID');

		expect(fates.map(({ ok }) => ok)).toEqual([false, false]);
		expect(fates[0]).toEqual({ ok: false, reason: 'unmentioned' });
	});

	it.each([{}, { ContactID: null }, { ContactID: '' }, { ContactID: ZERO }])(
		'never calls an element saved that comes back without an id: %j',
		(id) => {
			const answered = { ...id, Name: 'Well formed', StatusAttributeString: 'OK' };

			expect(readElementFates([{}], [answered], 'ContactID')).toEqual([
				{ ok: false, reason: 'unnamed' },
			]);
		},
	);

	it('keeps a refused element at its position although its id is zero', () => {
		const refused = {
			ContactID: ZERO,
			HasValidationErrors: true,
			ValidationErrors: [{ Message: 'No such contact' }],
		};

		const [fate] = readElementFates([{ id: 'a' }], [refused], 'ContactID');

		expect(fate).toEqual({ ok: false, reason: 'refused', sentences: ['No such contact'] });
	});

	it('tells a refused element from a saved one that names the same record', () => {
		const saved = { ContactID: 'a', Name: 'Saved' };
		const refused = {
			ContactID: ZERO,
			HasValidationErrors: true,
			ValidationErrors: [{ Message: 'Refused' }],
		};

		const fates = readElementFates([{ id: 'a' }, { id: 'a' }], [refused, saved], 'ContactID');

		expect(fates.map(({ ok }) => ok)).toEqual([false, true]);
	});

	it('does not take a warning for a refusal', () => {
		const warned = {
			ContactID: 'a',
			StatusAttributeString: 'WARNING',
			HasErrors: false,
			Warnings: [{ Message: 'Account code removed' }],
		};

		expect(readElementFates([{}], [warned], 'ContactID')).toEqual([{ ok: true, record: warned }]);
	});
});
