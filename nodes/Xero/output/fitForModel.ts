import type { IDataObject } from 'n8n-workflow';

/**
 * Characters of JSON that one answer of a tool may have: some 30,000 tokens, of which a model with a
 * window of 128,000 can take several in a conversation.
 */
export const MAX_ANSWER_LENGTH = 100_000;

/**
 * The records that a model can be given at once, in their order, and a note where there are or may be
 * more of them. A record that alone is too long becomes the beginning of its text.
 *
 * @param limit at which the list ends, if it has one
 */
export function fitForModel(
	records: readonly IDataObject[],
	limit?: number,
): readonly IDataObject[] {
	const fitting = countFitting(records);
	const [first] = records;
	if (fitting === 0 && first !== undefined) return [beginningOf(first, records.length)];
	if (fitting < records.length) {
		return [
			...records.slice(0, fitting),
			{
				note: `Only the first ${fitting} of ${records.length} are here, the rest would be too long. Narrow the search, or ask for less of each.`,
			},
		];
	}
	return records.length === limit
		? [
				...records,
				{
					note: `These are the first ${limit}; there may be more. Narrow the search to see others.`,
				},
			]
		: records;
}

function countFitting(records: readonly IDataObject[]): number {
	let length = 0;
	const tooFar = records.findIndex((record) => {
		length += JSON.stringify(record).length + 1;
		return length > MAX_ANSWER_LENGTH;
	});
	return tooFar === -1 ? records.length : tooFar;
}

function beginningOf(record: IDataObject, count: number): IDataObject {
	const text = JSON.stringify(record);
	const rest = count > 1 ? `, and ${count - 1} more follow it` : '';
	return {
		beginning: text.slice(0, MAX_ANSWER_LENGTH),
		note: `This is the beginning of an answer of ${text.length} characters${rest}. Ask for less.`,
	};
}
