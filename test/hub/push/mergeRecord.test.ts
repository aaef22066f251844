import fc from 'fast-check';
import type { AgreedBase } from '../../../hub-server/src/links/Link';
import { sameValue } from '../../../hub-server/src/links/sameValue';
import { agreedBase, firstBase } from '../../../hub-server/src/push/agreedBase';
import { explainMerge } from '../../../hub-server/src/push/explainMerge';
import {
	mergeRecord,
	type MergeRules,
	type MergeSides,
} from '../../../hub-server/src/push/mergeRecord';
import type { XeroRecord } from '../../../hub-server/protocol/xero';

const RULES: MergeRules = { policy: 'ask', resolution: null, modifiedAt: null, lockDate: null };

function merge(
	sides: Partial<MergeSides> & Pick<MergeSides, 'external' | 'xero'>,
	rules: Partial<MergeRules> = {},
) {
	return mergeRecord(
		{ entity: 'contact', base: null, resolved: sides.external, ...sides },
		{ ...RULES, ...rules },
	);
}

/** What both sides hold in the same spelling. */
function agreedOn(record: XeroRecord): AgreedBase {
	return Object.fromEntries(
		Object.entries(record).map(([member, value]) => [member, { external: value, xero: value }]),
	);
}

describe('a member that one side changed', () => {
	const base = agreedOn({ Name: 'Ann', EmailAddress: 'ann@example.com' });

	it('is written where it was the other system', () => {
		const merged = merge({
			base,
			external: { Name: 'Ann Lee', EmailAddress: 'ann@example.com' },
			xero: { Name: 'Ann', EmailAddress: 'ann@example.com' },
		});
		expect(merged.write).toEqual({ Name: 'Ann Lee' });
		expect(merged.isSettled).toBe(true);
	});

	it('stays where it was Xero, and is told as what the other system lacks', () => {
		const merged = merge({
			base,
			external: { Name: 'Ann', EmailAddress: 'ann@example.com' },
			xero: { Name: 'Ann Lee', EmailAddress: 'ann@example.com' },
		});
		expect(merged.write).toEqual({});
		expect(merged.behind).toEqual([
			{ member: 'Name', base: 'Ann', xero: 'Ann Lee', external: 'Ann' },
		]);
		expect(explainMerge(merged, 'crm')).toEqual({
			standing: 'fine',
			message: 'Xero has changed Name meanwhile.',
			nextStep: "Write Xero's value into crm, then set the link with what crm holds.",
		});
	});

	it('does not keep another member of the other side from being written (52)', () => {
		const merged = merge({
			base,
			external: { Name: 'Ann', EmailAddress: 'lee@example.com' },
			xero: { Name: 'Ann Lee', EmailAddress: 'ann@example.com' },
		});
		expect(merged.write).toEqual({ EmailAddress: 'lee@example.com' });
	});

	it('is unchanged where it is not named, and cleared by null', () => {
		const held = { Name: 'Ann', EmailAddress: 'ann@example.com' };
		expect(merge({ base, external: { Name: 'Ann' }, xero: held }).write).toEqual({});
		expect(merge({ base, external: { EmailAddress: null }, xero: held }).write).toEqual({
			EmailAddress: '',
		});
	});

	it('is compared where Xero computes it, but never sent', () => {
		const merged = merge({
			entity: 'invoice',
			external: { Total: 12, Reference: 'R1' },
			xero: { Total: 11, Reference: '' },
		});
		expect(merged.write).toEqual({ Reference: 'R1' });
		expect(Object.keys(merged.base)).toEqual(['Reference']);
	});
});

describe('a member that both sides changed (51)', () => {
	const base = agreedOn({ Name: 'Ann' });
	const sides = {
		base,
		external: { Name: 'Ann Crm' },
		xero: { Name: 'Ann Xero', UpdatedDateUTC: '/Date(1000+0000)/' },
	};

	it('is agreed where both changed it to the same', () => {
		const merged = merge({ ...sides, xero: { Name: ' Ann  Crm' } });
		expect(merged.write).toEqual({});
		expect(merged.base).toEqual({ Name: { external: 'Ann Crm', xero: ' Ann  Crm' } });
		expect(merged.isSettled).toBe(true);
	});

	it('waits for a person under `ask`, and nothing of it moves', () => {
		const merged = merge(sides);
		expect(merged.write).toEqual({});
		expect(merged.base).toEqual(base);
		expect(merged.conflicts).toEqual([
			{ member: 'Name', base: 'Ann', xero: 'Ann Xero', external: 'Ann Crm' },
		]);
		expect(explainMerge(merged, 'crm').standing).toBe('conflict');
	});

	it('is told as changed where it was agreed on, and as different where it never was', () => {
		const told = explainMerge(
			merge({
				base: agreedOn({ Name: 'Ann' }),
				external: { Name: 'Ann Crm', EmailAddress: 'crm@example.com' },
				xero: { Name: 'Ann Xero', EmailAddress: 'xero@example.com' },
			}),
			'crm',
		);
		expect(told.message).toBe(
			'crm and Xero both changed Name since they last agreed. crm and Xero say different things of EmailAddress, and have never agreed on it.',
		);
		expect(told.nextStep).toBe('Say which side counts: resolve it with xero or with external.');
	});

	it.each([
		[
			{ policy: 'xero' },
			{ Name: 'Ann Crm' },
			"crm and Xero say different things of Name, and Xero's counts.",
		],
		[{}, { Name: null }, 'Xero has Name, which crm left empty.'],
	] as const)(
		'is never called changed where nothing was agreed: %j, %j',
		(rules, external, message) => {
			const merged = merge({ external, xero: { Name: 'Ann Xero' } }, rules);

			expect(explainMerge(merged, 'crm').message).toBe(message);
		},
	);

	it.each(['  ADA   ltd ', 'Ada LTD'])(
		'is no conflict where two that never agreed differ in capitals and blanks alone: %j',
		(Name) => {
			const first = { external: { Name }, xero: { Name: 'Ada Ltd' } };
			const merged = merge(first);

			expect(merged.conflicts).toEqual([]);
			expect(merged.write).toEqual({});
			expect(merged.base).toEqual({ Name: { external: Name, xero: 'Ada Ltd' } });
			expect(merge({ ...first, base: merged.base }).isSettled).toBe(true);
			expect(merge(first, { policy: 'external' }).write).toEqual({ Name });
		},
	);

	it('is a conflict where somebody has changed its capitals since both agreed', () => {
		const xero = { Name: 'ANN' };

		expect(merge({ base, external: { Name: 'ann' }, xero }).conflicts).toHaveLength(1);
	});

	it.each([
		['external', { Name: 'Ann Crm' }],
		['xero', {}],
	] as const)('is decided by a person: %s', (resolution, write) => {
		expect(merge(sides, { resolution }).write).toEqual(write);
	});

	it.each([
		['external', null, { Name: 'Ann Crm' }],
		['xero', null, {}],
		['latest', 1001, { Name: 'Ann Crm' }],
		['latest', 1000, {}],
		['latest', 999, {}],
	] as const)('goes by the policy %s (changed at %s)', (policy, modifiedAt, write) => {
		const merged = merge(sides, { policy, modifiedAt });
		expect(merged.write).toEqual(write);
		expect(merged.conflicts).toEqual([]);
	});

	it('is a conflict under `latest` where a time is not known', () => {
		expect(merge(sides, { policy: 'latest' }).conflicts).toHaveLength(1);
		const timeless = { ...sides, xero: { Name: 'Ann Xero' } };
		expect(merge(timeless, { policy: 'latest', modifiedAt: 5 }).conflicts).toHaveLength(1);
	});

	it('stays decided for Xero, whatever the other system says again, and stays told', () => {
		const first = merge(sides, { policy: 'latest', modifiedAt: 999 });
		const again = merge({ ...sides, base: first.base }, { policy: 'latest', modifiedAt: 5000 });
		expect(again.write).toEqual({});
		expect(again.behind.map(({ member }) => member)).toEqual(['Name']);
		expect(again.isSettled).toBe(false);
	});
});

describe('a record that was found in Xero, with nothing agreed', () => {
	it('takes what Xero lacks, and loses nothing that the other system lacks', () => {
		const merged = merge({
			external: { Name: 'Ann', EmailAddress: null, FirstName: 'Ann' },
			xero: { Name: 'Ann', EmailAddress: 'ann@example.com' },
		});
		expect(merged.write).toEqual({ FirstName: 'Ann' });
		expect(merged.behind.map(({ member }) => member)).toEqual(['EmailAddress']);
	});

	it('is decided by the policy where both say something', () => {
		const sides = { external: { FirstName: 'Ann' }, xero: { FirstName: 'Anna' } };
		expect(merge(sides).conflicts).toHaveLength(1);
		expect(merge(sides, { policy: 'external' }).write).toEqual({ FirstName: 'Ann' });
		expect(merge(sides, { policy: 'xero' }).overruled).toHaveLength(1);
	});
});

describe('phones and addresses', () => {
	const phone = (type: string, number: string) => ({ PhoneType: type, PhoneNumber: number });
	const empty = { PhoneAreaCode: '', PhoneCountryCode: '' };

	it('are merged slot by slot, and all slots are sent', () => {
		const merged = merge({
			base: agreedOn({ Phones: [phone('DEFAULT', '1'), phone('MOBILE', '2')] }),
			external: { Phones: [phone('DEFAULT', '11'), phone('MOBILE', '2')] },
			xero: {
				Phones: [
					{ ...phone('MOBILE', '22'), ...empty },
					{ ...phone('DEFAULT', '1'), ...empty },
				],
			},
		});
		expect(merged.write).toEqual({
			Phones: [
				{ ...phone('MOBILE', '22'), ...empty },
				{ ...phone('DEFAULT', '11'), ...empty },
			],
		});
		expect(merged.behind.map(({ member }) => member)).toEqual(['Phones.MOBILE']);
	});

	it('stay told as lacking after another slot was written', () => {
		const sides = {
			base: agreedOn({ Phones: [phone('DEFAULT', '1'), phone('MOBILE', '2')] }),
			external: { Phones: [phone('DEFAULT', '11'), phone('MOBILE', '2')] },
			xero: { Phones: [phone('MOBILE', '22'), phone('DEFAULT', '1')] },
		};
		const first = merge(sides);
		const xero = { ...sides.xero, ...first.write };
		const again = merge({ ...sides, xero, base: agreedBase(first, xero) });
		expect(again.write).toEqual({});
		expect(again.behind.map(({ member }) => member)).toEqual(['Phones.MOBILE']);
	});

	it('leave no part of the old number beside a new one', () => {
		const merged = merge(
			{
				base: agreedOn({ Phones: [phone('DEFAULT', '09 1')] }),
				external: { Phones: [phone('DEFAULT', '+64 9 5')] },
				xero: { Phones: [{ ...phone('DEFAULT', '1'), PhoneAreaCode: '09', PhoneCountryCode: '' }] },
			},
			{ policy: 'external' },
		);
		expect(merged.write).toEqual({ Phones: [{ ...phone('DEFAULT', '+64 9 5'), ...empty }] });
	});

	it('keep the parts of an address that are not named', () => {
		const merged = merge({
			base: agreedOn({ Addresses: [{ AddressType: 'STREET', City: 'Napier' }] }),
			external: { Addresses: [{ AddressType: 'STREET', City: 'Taupo' }] },
			xero: { Addresses: [{ AddressType: 'STREET', City: 'Napier', PostalCode: '4110' }] },
		});
		expect(merged.write).toEqual({
			Addresses: [{ AddressType: 'STREET', City: 'Taupo', PostalCode: '4110' }],
		});
	});

	it('are emptied by null', () => {
		const merged = merge({
			base: agreedOn({ Phones: [phone('DEFAULT', '1')] }),
			external: { Phones: null },
			xero: {
				Phones: [
					{ ...phone('DEFAULT', '1'), ...empty },
					{ ...phone('FAX', ''), ...empty },
				],
			},
		});
		expect(merged.write).toEqual({
			Phones: [
				{ ...phone('FAX', ''), ...empty },
				{ ...phone('DEFAULT', ''), ...empty },
			],
		});
	});
});

describe('lines', () => {
	const held = [
		{
			...{
				LineItemID: 'L1',
				Description: 'Chair',
				Quantity: 2,
				UnitAmount: 10,
				TaxType: 'OUTPUT2',
			},
			...{ AccountCode: '200', LineAmount: 20, TaxAmount: 3, Tracking: [], DiscountRate: 5 },
		},
		{
			...{
				LineItemID: 'L2',
				Description: 'Table',
				Quantity: 1,
				UnitAmount: 80,
				TaxType: 'OUTPUT2',
			},
			...{ AccountCode: '200', LineAmount: 80, TaxAmount: 12, Tracking: [] },
		},
	];
	const said = [
		{ Description: 'Table', Quantity: 1, UnitAmount: '80.00' },
		{ Description: 'Chair', Quantity: 2, UnitAmount: '10.00', DiscountRate: 5 },
	];
	const invoice = (xero: XeroRecord = {}) => ({ Status: 'DRAFT', LineItems: held, ...xero });

	it('are the same in any order, without ids and what Xero computes', () => {
		const merged = merge({ entity: 'invoice', external: { LineItems: said }, xero: invoice() });
		expect(merged.write).toEqual({});
		expect(merged.isSettled).toBe(true);
	});

	it('keep the ids of those that are recognisably the same (41)', () => {
		const lines = [
			{ Description: 'Table', Quantity: 2, UnitAmount: 80 },
			{ Description: 'Chair', Quantity: 2, UnitAmount: 10 },
			{ Description: 'Lamp', Quantity: 1, UnitAmount: 5 },
		];
		const merged = merge({
			entity: 'invoice',
			base: agreedOn({ LineItems: said }),
			external: { LineItems: lines },
			xero: invoice(),
		});
		expect(merged.write).toEqual({
			LineItems: [
				{ LineItemID: 'L2', Description: 'Table', Quantity: 2, UnitAmount: 80 },
				{ LineItemID: 'L1', Description: 'Chair', Quantity: 2, UnitAmount: 10, DiscountRate: 0 },
				{ Description: 'Lamp', Quantity: 1, UnitAmount: 5 },
			],
		});
	});

	it('are not the same where Xero was given another line', () => {
		const merged = merge({
			entity: 'invoice',
			base: agreedOn({ LineItems: said }),
			external: { LineItems: said },
			xero: invoice({ LineItems: [...held, { LineItemID: 'L3', Description: 'Lamp' }] }),
		});
		expect(merged.behind.map(({ member }) => member)).toEqual(['LineItems']);
	});

	it('change their words alone on a paid invoice (40)', () => {
		const paid = invoice({ Status: 'PAID', AmountPaid: 115 });
		const base = agreedOn({ LineItems: said });
		const push = (lines: readonly XeroRecord[]) =>
			merge({ entity: 'invoice', base, external: { LineItems: lines }, xero: paid });
		const [table = {}, chair = {}]: readonly XeroRecord[] = said;

		const reworded = push([{ ...table, AccountCode: '201' }, chair]);
		expect(reworded.closed).toEqual([]);
		expect(reworded.write['LineItems']).toHaveLength(2);

		const dearer = push([{ ...table, UnitAmount: 81 }, chair]);
		expect(dearer.write).toEqual({});
		expect(dearer.base).toEqual(base);
		expect(explainMerge(dearer, 'shop')).toMatchObject({
			standing: 'failed',
			message: expect.stringContaining('payment or credit against it'),
			nextStep: expect.stringContaining('Remove the payment or credit'),
		});
	});
});

describe('records that Xero does not change any more (40, 53)', () => {
	it.each([
		['contact', { ContactStatus: 'ARCHIVED', Name: 'Ann' }, 'archived'],
		['contact', { MergedToContactID: 'c2', Name: 'Ann' }, 'merged'],
		['invoice', { Status: 'VOIDED' }, 'voided'],
		['invoice', { Status: 'DELETED' }, 'deleted'],
		['bill', { Status: 'AUTHORISED', Date: '/Date(1767139200000+0000)/' }, 'locked up to'],
		['payment', { Status: 'AUTHORISED', Amount: 1 }, 'does not change a payment'],
		['account', { Type: 'BANK', Name: 'x' }, 'bank account'],
	] as const)('%s %j: nothing is sent, in words', (entity, xero, words) => {
		const external = { Reference: 'New' };
		const held = { ...xero, Reference: 'Old' };
		const merged = merge(
			{ entity, base: agreedOn({ Reference: 'Old' }), external, xero: held },
			{ policy: 'external', lockDate: '2025-12-31' },
		);
		expect(merged.write).toEqual({});
		const { standing, message, nextStep } = explainMerge(merged, 'crm');
		expect(standing).toBe('failed');
		expect(message).toContain(words);
		expect(nextStep).not.toBe('');
	});

	it('keep quiet where nothing was to be changed', () => {
		const external = { Name: 'Ann' };
		const xero = { Name: 'Ann', ContactStatus: 'ARCHIVED' };
		expect(merge({ base: agreedOn(external), external, xero }).isSettled).toBe(true);
	});

	it('take it once they are open again', () => {
		const external = { Name: 'New' };
		const base = agreedOn({ Name: 'Ann' });
		const closed = merge({ base, external, xero: { Name: 'Ann', ContactStatus: 'ARCHIVED' } });
		const open = merge({ base: closed.base, external, xero: { Name: 'Ann' } });
		expect(open.write).toEqual({ Name: 'New' });
	});
});

describe('the status of a document', () => {
	it.each([
		['DRAFT', 'AUTHORISED', { Status: 'AUTHORISED' }],
		['DRAFT', 'VOIDED', { Status: 'DELETED' }],
		['AUTHORISED', 'DELETED', { Status: 'VOIDED' }],
		['DRAFT', 'PAID', { Status: 'AUTHORISED' }],
		['PAID', 'AUTHORISED', {}],
		['AUTHORISED', 'DRAFT', {}],
		['AUTHORISED', 'PAID', {}],
		['PAID', 'VOIDED', {}],
	])('%s, said to be %s, becomes %j', (from, to, write) => {
		const merged = merge(
			{ entity: 'invoice', external: { Status: to }, xero: { Status: from } },
			{ policy: 'external' },
		);
		expect(merged.write).toEqual(write);
	});

	it('takes nothing besides where it takes the document back', () => {
		const merged = merge(
			{
				entity: 'invoice',
				external: { Status: 'VOIDED', Reference: 'new' },
				xero: { Status: 'AUTHORISED', Reference: 'old' },
			},
			{ policy: 'external' },
		);
		expect(merged.write).toEqual({ Status: 'VOIDED' });
	});
});

describe('sides that each write in their own way (54)', () => {
	type Normaliser = (text: string) => string;
	const WAYS: readonly Normaliser[] = [
		(text) => text.trim(),
		(text) => text.toUpperCase(),
		(text) => text.toLowerCase(),
		(text) => text.slice(0, 6),
		(text) => text.replace(/\s+/g, ' '),
		(text) => text.replace(/[^\w ]/g, ''),
		(text) => text.replace(/^NZ$|^nz$/, 'New Zealand'),
		(text) => text.replace(/^New Zealand$/i, 'NZ'),
		(text) => text.replace(/^0/, '+64 '),
		(text) => (/^\d+\.\d+$/.test(text) ? Number(text).toFixed(1) : text),
		(text) => (text === '' ? 'n/a' : text),
	];
	const side = fc.subarray([...WAYS], { maxLength: 3 }).map(
		(ways): Normaliser =>
			(text) =>
				ways.reduce((now, way) => way(now), text),
	);
	const value = fc.oneof(
		fc.constantFrom('nz', 'New Zealand', '09 123', '12.34', ' Ann  LEE ', ''),
		fc.string({ maxLength: 10 }),
	);
	const member = fc.constantFrom('Reference', 'EmailAddress', 'City');

	/** The other system's workflow: what Xero has goes into it, and the link says what it made of that. */
	it('settle after one round, whatever their ways', () => {
		fc.assert(
			fc.property(member, side, side, value, value, (name, inXero, inOther, first, edit) => {
				let xero: XeroRecord = { [name]: inXero(first) };
				let other: XeroRecord = { [name]: inOther(first) };
				let base = firstBase(other, { [name]: first }, xero);
				let writes = 0;
				const push = () => {
					const merged = merge({ base, external: other, xero }, { policy: 'ask' });
					expect(merged.conflicts).toEqual([]);
					base = merged.base;
					if (merged.written.length === 0) return;
					writes += 1;
					xero = { [name]: inXero(String(merged.write[name])) };
					base = agreedBase(merged, xero);
				};
				const takeOver = () => {
					other = { [name]: inOther(String(xero[name])) };
					const agreed = { external: other[name], xero: xero[name] };
					base = { [name]: agreed };
				};
				other = { [name]: inOther(edit) };
				push();
				takeOver();
				for (let round = 0; round < 5; round += 1) push();
				expect(writes).toBeLessThanOrEqual(1);
			}),
			{ numRuns: 500 },
		);
	});

	it('settle too where the workflow never sets the link', () => {
		fc.assert(
			fc.property(member, side, side, value, value, (name, inXero, inOther, first, edit) => {
				let xero: XeroRecord = { [name]: inXero(first) };
				let other: XeroRecord = { [name]: inOther(first) };
				let base = firstBase(other, { [name]: first }, xero);
				let writes = 0;
				other = { [name]: inOther(edit) };
				for (let round = 0; round < 6; round += 1) {
					const merged = merge({ base, external: other, xero }, { policy: 'ask' });
					expect(merged.conflicts).toEqual([]);
					base = merged.base;
					if (merged.written.length > 0) {
						writes += 1;
						xero = { [name]: inXero(String(merged.write[name])) };
						base = agreedBase(merged, xero);
					}
				}
				// The edit alone: what the other side holds does not change by itself.
				expect(writes).toBeLessThanOrEqual(1);
			}),
			{ numRuns: 500 },
		);
	});
});

describe('any two sides', () => {
	const text = fc.constantFrom('', 'a', 'b', 'c');
	const record = fc.record({ Name: text, FirstName: text, EmailAddress: text });
	const policy = fc.constantFrom('xero' as const, 'external' as const);

	it('end equal once the other system takes over what Xero kept, and nothing is written twice', () => {
		fc.assert(
			fc.property(record, record, record, policy, (agreed, external, xero, by) => {
				const merged = merge({ base: agreedOn(agreed), external, xero }, { policy: by });
				const now = { ...xero, ...merged.write };
				const base = agreedBase(merged, now);
				const again = merge({ base, external, xero: now }, { policy: by });
				expect(again.write).toEqual({});

				const kept = [...merged.overruled, ...merged.behind].map(({ member }) => member);
				const taken = Object.fromEntries(
					Object.entries(external).map(([member, value]) => [
						member,
						kept.includes(member) ? now[member as keyof typeof now] : value,
					]),
				);
				for (const [member, value] of Object.entries(taken)) {
					expect(sameValue(member, value, now[member as keyof typeof now])).toBe(true);
				}
				const settled = merge({ base, external: taken, xero: now }, { policy: by });
				expect(settled).toMatchObject({ write: {}, isSettled: true });
			}),
		);
	});
});
