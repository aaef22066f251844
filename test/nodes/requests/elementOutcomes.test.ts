import { elementOutcomes } from '../../../nodes/Xero/requests/elementOutcomes';

it('says why Xero refused an element', () => {
	const refused = {
		HasValidationErrors: true,
		ValidationErrors: [{ Message: 'No such contact' }, { Message: 'No such account' }],
	};

	expect(elementOutcomes([{}], [refused], 'ContactID')).toMatchObject([
		{ ok: false, failure: { message: 'No such contact No such account', httpCode: '400' } },
	]);
});

it('says so where Xero gave no reason', () => {
	const [outcome] = elementOutcomes([{}], [{ HasErrors: true }], 'ContactID');

	expect(outcome).toMatchObject({
		failure: { message: 'Xero refused this record and gave no reason' },
	});
});

it('never calls an element saved that the answer does not mention', () => {
	expect(elementOutcomes([{}, {}], [{ ContactID: 'a' }], 'ContactID')[0]).toMatchObject({
		failure: { message: "Xero's answer does not say what became of this item" },
	});
});

it('hands out the record of a saved element', () => {
	const saved = { ContactID: 'a', Name: 'Saved' };

	expect(elementOutcomes([{}], [saved], 'ContactID')).toEqual([{ ok: true, value: saved }]);
});
