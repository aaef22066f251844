import { searchUnsearched } from '../../../nodes/Xero/pickers/searchUnsearched';

/** A list of so many pages, with one entry on each. */
const listOf = (pageCount: number) => {
	const read: number[] = [];
	const readPage = async (page: number) => {
		read.push(page);
		return {
			entries: [{ name: `Entry ${page}`, value: `id-${page}` }],
			hasMore: page < pageCount,
		};
	};
	return { read, readPage };
};

describe('searchUnsearched', () => {
	it('shows one page where nothing is sought, and where to go on', async () => {
		const { read, readPage } = listOf(3);

		expect(await searchUnsearched(readPage, '', undefined)).toEqual({
			results: [{ name: 'Entry 1', value: 'id-1' }],
			paginationToken: '2',
		});
		expect(read).toEqual([1]);
	});

	it('reads on until a page holds what is sought, in any case', async () => {
		const { read, readPage } = listOf(4);

		expect(await searchUnsearched(readPage, ' ENTRY 3', undefined)).toEqual({
			results: [{ name: 'Entry 3', value: 'id-3' }],
			paginationToken: '4',
		});
		expect(read).toEqual([1, 2, 3]);
	});

	it('finds by an id', async () => {
		const { readPage } = listOf(4);

		expect((await searchUnsearched(readPage, 'id-2', undefined)).results).toHaveLength(1);
	});

	it('stops after five pages, and goes on from there when asked', async () => {
		const { read, readPage } = listOf(9);

		const first = await searchUnsearched(readPage, 'Entry 8', undefined);
		expect(first).toEqual({ results: [], paginationToken: '6' });

		const second = await searchUnsearched(readPage, 'Entry 8', first.paginationToken);
		expect(second.results).toEqual([{ name: 'Entry 8', value: 'id-8' }]);
		expect(read).toEqual([1, 2, 3, 4, 5, 6, 7, 8]);
	});

	it('has no more to show at the end of the list', async () => {
		const { readPage } = listOf(2);

		expect(await searchUnsearched(readPage, 'nothing like it', undefined)).toEqual({
			results: [],
			paginationToken: undefined,
		});
	});
});
