import { refuseInput, success, type Outcome } from '../errors/failure';
import { isBlank } from '../values/isBlank';
import { locatorValue } from '../values/locatorValue';
import { parseXeroId } from '../values/xeroId';
import type { Writer } from './Field';

/**
 * One entry of a line's `Tracking`.
 *
 * @param value `Category: Option`, or `<category id>/<option id>` as the list gives it
 */
export function parseTracking(
	value: unknown,
	label: string,
): Outcome<Readonly<Record<string, string>> | undefined> {
	const { value: text } = locatorValue(value);
	if (isBlank(text)) return success(undefined);
	const [categoryId, optionId] = text.split('/').map((part) => parseXeroId(part, label));
	if (categoryId?.ok && optionId?.ok) {
		return success({ TrackingCategoryID: categoryId.value, TrackingOptionID: optionId.value });
	}
	const colon = text.indexOf(':');
	const name = text.slice(0, Math.max(colon, 0)).trim();
	const option = text.slice(colon + 1).trim();
	if (name !== '' && option !== '') return success({ Name: name, Option: option });
	return refuseInput(
		`${label} names no tracking option: ${JSON.stringify(text)}`,
		'Write it as Category: Option, such as Region: North.',
	);
}

/** The same of another system's: what it says is the key of a mapping, however it looks. */
export function trackingKey(value: unknown): ReturnType<typeof parseTracking> {
	const { value: text } = locatorValue(value);
	if (isBlank(text)) return success(undefined);
	const [categoryId, optionId] = text.split('/').map((part) => parseXeroId(part, ''));
	return categoryId?.ok === true && optionId?.ok === true
		? success({ TrackingCategoryID: categoryId.value, TrackingOptionID: optionId.value })
		: success({ Option: text.trim() });
}

export const asTracking: Writer = (value, label) => {
	const entry = parseTracking(value, label);
	if (!entry.ok) return entry;
	return success(entry.value === undefined ? {} : { Tracking: [entry.value] });
};
