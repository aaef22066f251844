import type { Books, LineTracking } from '../../world/Books';
import { isObject } from '../../writing/readElements';
import { textOf } from '../../writing/textOf';

/** The tracking options that a line names by their ids, or by name where that is taken. */
export function readTracking(
	books: Books,
	sent: readonly unknown[],
	{ tracksByName = true }: { readonly tracksByName?: boolean },
	messages: string[],
): LineTracking[] {
	if (sent.length > 2)
		messages.push('A maximum of 2 tracking categories can be assigned to a line item');
	return sent.filter(isObject).flatMap((entry) => {
		if (!tracksByName && textOf(entry['TrackingOptionID']) === undefined) {
			messages.push('Tracking must be specified by its TrackingOptionID');
			return [];
		}
		const category = categoryOf(books, entry);
		const option =
			category === undefined
				? undefined
				: byIdOrName(category.options, entry['TrackingOptionID'], entry['Option']);
		if (category !== undefined && option !== undefined)
			return [{ categoryId: category.id, optionId: option.id }];
		messages.push('The tracking category or option of a line item does not exist');
		return [];
	});
}

/** An option's id says which category it is of. */
function categoryOf(books: Books, entry: Readonly<Record<string, unknown>>) {
	const categories = [...books.trackingCategories.values()];
	const { TrackingCategoryID: id, Name: name, TrackingOptionID: option } = entry;
	if (textOf(id) !== undefined || textOf(name) !== undefined)
		return byIdOrName(categories, id, name);
	return categories.find(({ options }) => byIdOrName(options, option, undefined) !== undefined);
}

function byIdOrName<Entry extends { readonly id: string; readonly name: string }>(
	entries: readonly Entry[],
	id: unknown,
	name: unknown,
): Entry | undefined {
	const wantedId = textOf(id)?.toLowerCase();
	if (wantedId !== undefined) return entries.find((entry) => entry.id === wantedId);
	const wantedName = textOf(name)?.toLowerCase();
	return entries.find((entry) => entry.name.toLowerCase() === wantedName);
}
