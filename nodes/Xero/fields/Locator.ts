import type { INodeProperties } from 'n8n-workflow';

import type { Outcome } from '../errors/failure';
import type { OperationRun } from '../run/OperationRun';
import { locatorValue } from '../values/locatorValue';
import { parseXeroId } from '../values/xeroId';

/** Picks one record: the field that asks for it, and what the field is called. */
export interface Locator {
	/** Of the parameter. */
	readonly name: string;
	/** What the editor and refusals call it. */
	readonly displayName: string;
	/** The field as the editor shows it. */
	readonly field: (description: string) => INodeProperties;
	/** Reads an id that is no GUID, such as a tax type. */
	readonly parse?: (value: string, label: string) => Outcome<string>;
}

/** The same locator as a field that cannot stay empty. */
export function requiredLocator(locator: Locator): Locator {
	return {
		...locator,
		field: (description) => ({ ...locator.field(description), required: true }),
	};
}

/** The id that an item picks; a GUID is in lower case. */
export function pickedId(
	run: OperationRun,
	{ name, displayName, parse = parseXeroId }: Locator,
	item: number,
): Outcome<string> {
	return parse(locatorValue(run.parameter(name, item, '')).value, displayName);
}
