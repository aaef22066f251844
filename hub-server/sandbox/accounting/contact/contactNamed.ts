import type { ApiCall } from '../../resource/ApiResource';
import type { Contact } from '../../world/Books';
import { nameKey } from '../../world/nameKey';

/** The active contact of that name; names that differ in repeated blanks are one, unless a switch tells them apart. */
export function contactNamed({ books, context }: ApiCall, name: string): Contact | undefined {
	const holder = books.contacts.find('activeName', nameKey(name));
	const folds = context.faults().foldsInnerBlanks;
	const isSame = holder?.name.trim().toLowerCase() === name.trim().toLowerCase();
	return folds || isSame ? holder : undefined;
}
