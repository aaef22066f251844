import { comparable, isSame } from '../../../hub-server/protocol/xero';

it.each([
	['inv-0042', 'INV-0042 '],
	[' Ridgeway University', 'ridgeway university'],
	['Ann  Lee', 'ann\tLEE'],
	[200, '200'],
	[undefined, ''],
	[null, ' '],
])('takes %j and %j for the same', (one, other) => {
	expect(isSame(one, other)).toBe(true);
	expect(comparable(one)).toBe(comparable(other));
});

it('tells values apart that differ in more than case and blanks around them', () => {
	expect(isSame('INV 0042', 'INV0042')).toBe(false);
});
