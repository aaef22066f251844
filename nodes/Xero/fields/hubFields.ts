import type { INodeProperties, INodePropertyOptions } from 'n8n-workflow';

import { refuseInput, success, type Outcome } from '../errors/failure';
import type { OperationRun } from '../run/OperationRun';
import { isBlank } from '../values/isBlank';

/** The records that can be linked and pushed, as the hub names them. */
export const linkedEntities: INodePropertyOptions[] = [
	{ name: 'Account', value: 'account' },
	{ name: 'Bank Transaction', value: 'bank_transaction' },
	{ name: 'Bill', value: 'bill', description: 'What you owe' },
	{ name: 'Contact', value: 'contact' },
	{ name: 'Credit Note', value: 'credit_note' },
	{ name: 'Item', value: 'item' },
	{ name: 'Payment', value: 'payment' },
	{ name: 'Sales Invoice', value: 'invoice' },
	{ name: 'Tax Rate', value: 'tax_rate' },
];

/** Said above what only a hub can do, where another credential is chosen. */
export function needsHubNotice(name: string): INodeProperties {
	return {
		displayName:
			'This needs a hub: it remembers what belongs together. Set Authentication to Xero Hub.',
		name,
		type: 'notice',
		default: '',
		displayOptions: { show: { authentication: ['oAuth2', 'customConnection'] } },
	};
}

export const systemField: INodeProperties = {
	displayName: 'System',
	name: 'system',
	type: 'string',
	default: '',
	required: true,
	placeholder: 'e.g. crm',
	description:
		'A short name of the other system, the same in all your workflows. Links and mappings are kept by it.',
};

export const externalIdField: INodeProperties = {
	displayName: 'External ID',
	name: 'externalId',
	type: 'string',
	default: '',
	required: true,
	placeholder: 'e.g. C-1042',
	description:
		'The ID of the record in the other system. It never changes and is never used again.',
};

/** A text or number that an item cannot go without. */
export function readRequired(
	run: OperationRun,
	item: number,
	{ name, displayName }: Pick<INodeProperties, 'name' | 'displayName'>,
): Outcome<string> {
	const value = run.parameter(name, item, '');
	if (isBlank(value)) {
		return refuseInput(
			`${displayName} is empty`,
			'Fill it in. Where an expression gives it, check the name of the field that it reads.',
		);
	}
	return typeof value === 'string' || typeof value === 'number'
		? success(String(value).trim())
		: refuseInput(`${displayName} is not a text or number: ${JSON.stringify(value)}`);
}
