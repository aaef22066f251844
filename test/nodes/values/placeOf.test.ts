import { placeAtStart, placeOf } from '../../../nodes/Xero/values/placeOf';

it.each([
	[[2], 'row 3, item index 2'],
	[[0, 2], 'rows 1 and 3, item indexes 0 and 2'],
	[[0, 1, 2], 'rows 1, 2 and 3, item indexes 0, 1 and 2'],
	[[0, 1, 2, 3, 4, 5, 6], 'rows 1, 2, 3, 4, 5 and 2 more, item indexes 0, 1, 2, 3, 4 …'],
])('items %j are %s', (items, place) => {
	expect(placeOf(items)).toBe(place);
});

it('begins a sentence with a capital', () => {
	expect(placeAtStart([7])).toBe('Row 8, item index 7');
});
