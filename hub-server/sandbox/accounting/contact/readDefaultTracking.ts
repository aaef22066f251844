import type { Books } from '../../world/Books';
import { isObject, type Element } from '../../writing/readElements';

/** The tracking that documents of a contact start with: one option of each category, by name. */
export function readDefaultTracking(
	books: Books,
	sent: readonly unknown[],
	messages: string[],
): readonly Element[] {
	return sent.filter(isObject).flatMap((entry) => {
		const category = named(books.trackingCategories.values(), entry['TrackingCategoryName']);
		const option = named(category?.options ?? [], entry['TrackingOptionName']);
		if (category !== undefined && option !== undefined) {
			return [{ TrackingCategoryName: category.name, TrackingOptionName: option.name }];
		}
		messages.push('The tracking category or option of a contact does not exist');
		return [];
	});
}

function named<Entry extends { readonly name: string }>(
	entries: Iterable<Entry>,
	name: unknown,
): Entry | undefined {
	const wanted = String(name ?? '').toLowerCase();
	return [...entries].find((entry) => entry.name.toLowerCase() === wanted);
}
