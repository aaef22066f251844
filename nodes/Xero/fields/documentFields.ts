import type { INodePropertyOptions } from 'n8n-workflow';

import { refuseInput, success } from '../errors/failure';
import { locatorValue } from '../values/locatorValue';
import { parseXeroId } from '../values/xeroId';
import { brandingThemePicker, currencyPicker } from './codePickers';
import { contactLocator } from './contactLocator';
import type { Field, Writer } from './Field';
import { withModes, type MoreModes } from './withModes';
import { asDate, asDecimal, asFlag, asId, asOwnMembers, asText } from './writers';

export function textDocumentField(
	displayName: string,
	name: string,
	xero: string,
	description: string,
): Field {
	return {
		property: { displayName, name, type: 'string', default: '', description },
		write: asText(xero),
	};
}

/** A calendar day of the organisation. */
export function dayField(
	displayName: string,
	name: string,
	xero: string,
	description: string,
): Field {
	return {
		property: { displayName, name, type: 'dateTime', default: '', description },
		write: asDate(xero),
	};
}

export function statusField(options: INodePropertyOptions[], initial: string): Field {
	return {
		property: {
			displayName: 'Status',
			name: 'status',
			type: 'options',
			options,
			default: initial,
			description: 'The status to give it',
		},
		write: asText('Status'),
	};
}

/**
 * Only the id goes to Xero: any other member of a document's contact would change the contact.
 * A name alone finds the contact of that name, or makes one.
 */
const asContact: Writer = (value, label) => {
	const picked = locatorValue(value);
	if (picked.value === '') return success({});
	if (picked.mode === 'name') return success({ Contact: { Name: picked.value } });
	if (picked.mode === 'externalId') return success({ Contact: { externalId: picked.value } });
	const id = parseXeroId(picked.value, label);
	return id.ok ? success({ Contact: { ContactID: id.value } }) : id;
};

const byName: MoreModes = {
	modes: [
		{
			displayName: 'By External ID',
			name: 'externalId',
			type: 'string',
			placeholder: 'e.g. C-1042',
			hint: 'Its ID in another system, which a link or the Mapping page of the hub knows',
		},
		{
			displayName: 'By Name',
			name: 'name',
			type: 'string',
			placeholder: 'e.g. Ridgeway University',
			hint: 'Xero uses the active contact of this name, or creates one',
		},
	],
};

/** Whom a new document is made out to. */
export function contactField(description: string): Field {
	return {
		property: { ...withModes(contactLocator.field(description), byName), required: true },
		write: (value, label) =>
			locatorValue(value).value === ''
				? refuseInput('Contact is not set', 'Choose a contact, or give its ID, URL or name.')
				: asContact(value, label),
	};
}

/** A contact to change to. */
export const otherContactField: Field = {
	property: withModes(contactLocator.field('The contact to change to'), byName),
	write: asContact,
};

/** @param values Xero's spelling, which differs for quotes */
export function lineAmountTypesField(
	values: { readonly none: string; readonly exclusive: string; readonly inclusive: string } = {
		none: 'NoTax',
		exclusive: 'Exclusive',
		inclusive: 'Inclusive',
	},
): Field {
	const { none, exclusive, inclusive } = values;
	return {
		property: {
			displayName: 'Amounts Are',
			name: 'lineAmountTypes',
			type: 'options',
			options: [
				{ name: 'No Tax', value: none },
				{ name: 'Tax Exclusive', value: exclusive },
				{ name: 'Tax Inclusive', value: inclusive },
			],
			default: exclusive,
			description: 'Whether unit amounts include tax',
		},
		write: asText('LineAmountTypes'),
	};
}

export const brandingThemeField: Field = {
	property: brandingThemePicker({
		displayName: 'Branding Theme',
		name: 'brandingThemeId',
		description: 'How the document looks when it is sent',
	}),
	write: asId('BrandingThemeID'),
};

export const currencyField: Field = {
	property: currencyPicker({
		displayName: 'Currency',
		name: 'currencyCode',
		description: 'One of the currencies the organisation uses; its base currency if left empty',
	}),
	write: asText('CurrencyCode'),
};

export const currencyRateField: Field = {
	property: {
		displayName: 'Currency Rate',
		name: 'currencyRate',
		type: 'string',
		default: '',
		placeholder: 'e.g. 0.6132',
		description: "Rate to the base currency; Xero's rate of the day if left empty",
	},
	write: asDecimal('CurrencyRate'),
};

export const dateField: Field = dayField(
	'Date',
	'date',
	'Date',
	"Day of issue in the organisation's own time. The day is used as written; time and time zone are ignored.",
);

export const sentToContactField: Field = {
	property: {
		displayName: 'Sent to Contact',
		name: 'sentToContact',
		type: 'boolean',
		default: false,
		description: 'Whether to mark the document as sent. Xero does not send it.',
	},
	write: asFlag('SentToContact'),
};

/** For members that have no field of their own. */
export const otherFieldsField: Field = {
	property: {
		displayName: 'Other Fields (JSON)',
		name: 'otherFields',
		type: 'json',
		default: '{}',
		description: "Members in Xero's own names, for fields that are not listed here",
	},
	write: asOwnMembers,
};

export const urlField: Field = {
	property: {
		displayName: 'URL',
		name: 'url',
		type: 'string',
		default: '',
		placeholder: 'e.g. https://example.com/orders/42',
		description: 'Link to the source document, shown in Xero as Go to your app',
	},
	write: asText('Url'),
};
