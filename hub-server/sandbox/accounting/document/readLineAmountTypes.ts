import type { LineAmountTypes } from '../../world/Books';
import type { Element } from '../../writing/readElements';

/** Whether the line amounts of a document include tax; any case is taken. */
export function readLineAmountTypes(
	element: Element,
	known: LineAmountTypes,
	messages: string[],
): LineAmountTypes {
	const value = element['LineAmountTypes'] ?? known;
	const types = (['Exclusive', 'Inclusive', 'NoTax'] as const).find(
		(choice) => choice.toLowerCase() === String(value).toLowerCase(),
	);
	if (types === undefined) messages.push(`LineAmountTypes '${String(value)}' is not valid`);
	return types ?? known;
}
