import { refuseInput, success, type Outcome } from '../../errors/failure';
import { codeLocator } from '../../fields/codePicker';
import { requiredLocator } from '../../fields/Locator';
import { trackingCategoryKind } from '../../kinds/trackingCategoryKind';
import type { OperationRun } from '../../run/OperationRun';
import { locatorValue } from '../../values/locatorValue';
import { parseXeroId } from '../../values/xeroId';

/** An option below its category. */
export interface OptionIds {
	readonly categoryId: string;
	readonly optionId: string;
}

/** Picks an option together with its category. */
export const optionLocator = requiredLocator(
	codeLocator({
		displayName: 'Tracking Option',
		name: 'trackingOption',
		searchListMethod: 'searchTrackingOptions',
		manual: {
			displayName: 'By IDs',
			placeholder: 'e.g. 22f10184-0deb-44ae-a312-b1f6ea70e51f/34669548-b989-487a-979f-0787d04568a2',
		},
	}),
);

/** @returns the ids of the item's option: that of its category, a slash, its own */
export function optionOf(run: OperationRun, item: number): Outcome<OptionIds> {
	const { name, displayName } = optionLocator;
	const { value } = locatorValue(run.parameter(name, item, ''));
	const [category = '', option = ''] = value.split('/');
	const categoryId = parseXeroId(category, displayName);
	const optionId = parseXeroId(option, displayName);
	if (!categoryId.ok || !optionId.ok) {
		return refuseInput(
			value === ''
				? `${displayName} is not set`
				: `${displayName} is not two ids of Xero's: ${JSON.stringify(value)}`,
			'Choose it from the list, or write <ID of the category>/<ID of the option>.',
		);
	}
	return success({ categoryId: categoryId.value, optionId: optionId.value });
}

/** Where options stand below Xero's host, ids as `{ID}` where none are given. */
export function optionsAddress(categoryId = '{ID}'): string {
	return `${trackingCategoryKind.collection.path}/${categoryId}/Options`;
}

/** The array that Xero answers with. */
export const OPTIONS = 'Options';
