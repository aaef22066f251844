import type { INodeProperties } from 'n8n-workflow';

import { codePicker } from './codePicker';

export interface PickerNames {
	readonly displayName: string;
	readonly name: string;
	readonly description: string;
}

export function accountPicker(names: PickerNames): INodeProperties {
	return codePicker({
		...names,
		searchListMethod: 'searchAccounts',
		manual: { displayName: 'By Code', placeholder: 'e.g. 200' },
	});
}

export function taxRatePicker(names: PickerNames): INodeProperties {
	return codePicker({
		...names,
		searchListMethod: 'searchTaxRates',
		manual: { displayName: 'By Tax Type', placeholder: 'e.g. OUTPUT2' },
	});
}

export function itemPicker(names: PickerNames): INodeProperties {
	return codePicker({
		...names,
		searchListMethod: 'searchItems',
		manual: { displayName: 'By Code', placeholder: 'e.g. GB1-White' },
	});
}

export function currencyPicker(names: PickerNames): INodeProperties {
	return codePicker({
		...names,
		searchListMethod: 'searchCurrencies',
		manual: { displayName: 'By Code', placeholder: 'e.g. NZD' },
	});
}

export function brandingThemePicker(names: PickerNames): INodeProperties {
	return codePicker({
		...names,
		searchListMethod: 'searchBrandingThemes',
		manual: { displayName: 'By ID', placeholder: 'e.g. 34efa745-7238-4ead-b95e-1fe6c816adbe' },
	});
}

/** A tracking option together with its category: `Region: North`, or both ids with a slash. */
export function trackingPicker(names: PickerNames): INodeProperties {
	return codePicker({
		...names,
		searchListMethod: 'searchTrackingOptions',
		manual: { displayName: 'By Name or IDs', placeholder: 'e.g. Region: North' },
	});
}
