import { entityOfCategory } from './xeroEntities';

/**
 * The entity of an event type. Xero's INVOICE is an `invoice` (sales) or a `bill`, which only the record
 * tells: without its `Type` it is undefined.
 *
 * @param category Xero's eventCategory, upper case; one that is not known passes in lower case
 */
export function entityOfRecord(
	category: string,
	record: Readonly<Record<string, unknown>> | undefined,
): string | undefined {
	if (category !== 'INVOICE') return entityOfCategory(category)?.entity ?? category.toLowerCase();
	const kind = record?.['Type'];
	if (typeof kind !== 'string') return undefined;
	return kind.toUpperCase().startsWith('ACCPAY') ? 'bill' : 'invoice';
}
