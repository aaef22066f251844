import type { StoredEvent } from '../../events/StoredEvent';
import { textOf } from '../show/texts';

/** The most telling words for an event: an invoice that is paid was updated, too. */
export function eventWords({
	types: [type],
	category,
	change,
}: Pick<StoredEvent, 'types' | 'category' | 'change'>): string {
	return textOf.words(type ?? `${category} ${change}`);
}
