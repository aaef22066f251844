import type { INodeProperties } from 'n8n-workflow';

import { MOST_OVERDUE_DAYS } from '../../hub-server/protocol';

/** Which of the chosen events start the workflow. */
export const filterFields: INodeProperties = {
	displayName: 'Filters',
	name: 'filters',
	type: 'collection',
	default: {},
	placeholder: 'Add Filter',
	description:
		'The hub reads the record to know, at a call for each burst of changes. What a record does not have leaves nothing out.',
	options: [
		{
			displayName: 'Contact IDs',
			name: 'contactIds',
			type: 'string',
			default: '',
			placeholder: 'e.g. 5ec2f302-cd60-4f8b-a915-9229dd45e6fa',
			description: 'Only records of these contacts, separated by commas, and these contacts',
		},
		{
			displayName: 'Document Types',
			name: 'documentTypes',
			type: 'multiOptions',
			options: [
				{ name: 'Bill (ACCPAY)', value: 'ACCPAY' },
				{ name: 'Bill Credit Note (ACCPAYCREDIT)', value: 'ACCPAYCREDIT' },
				{ name: 'Receive Money (RECEIVE)', value: 'RECEIVE' },
				{ name: 'Receive Overpayment (RECEIVE-OVERPAYMENT)', value: 'RECEIVE-OVERPAYMENT' },
				{ name: 'Receive Prepayment (RECEIVE-PREPAYMENT)', value: 'RECEIVE-PREPAYMENT' },
				{ name: 'Sales Credit Note (ACCRECCREDIT)', value: 'ACCRECCREDIT' },
				{ name: 'Sales Invoice (ACCREC)', value: 'ACCREC' },
				{ name: 'Spend Money (SPEND)', value: 'SPEND' },
				{ name: 'Spend Overpayment (SPEND-OVERPAYMENT)', value: 'SPEND-OVERPAYMENT' },
				{ name: 'Spend Prepayment (SPEND-PREPAYMENT)', value: 'SPEND-PREPAYMENT' },
			],
			default: [],
			description: 'Only documents of these types',
		},
		{
			displayName: 'Leave Out Own Changes',
			name: 'causedByOthersOnly',
			type: 'boolean',
			default: false,
			description:
				'Whether to leave out what this workflow itself wrote to Xero through the hub, so that it does not start itself for ever. What somebody else changed comes, also in the same second; where the hub is not sure it comes too.',
		},
		{
			displayName: 'Maximum Total',
			name: 'maxTotal',
			type: 'number',
			default: 0,
			description: 'Only up to this total, in the currency of the document',
		},
		{
			displayName: 'Minimum Total',
			name: 'minTotal',
			type: 'number',
			default: 0,
			description: 'Only from this total on, in the currency of the document',
		},
		{
			displayName: 'Only When These Fields Change',
			name: 'changed',
			type: 'string',
			default: '',
			placeholder: 'e.g. Status, DueDate',
			description:
				"Xero's names of fields, separated by commas: only when one of them has another content than before. Where the hub did not know the record before, the event comes with classified: false.",
		},
		{
			displayName: 'Overdue by (Days)',
			name: 'overdueDays',
			type: 'number',
			typeOptions: { minValue: 1, maxValue: MOST_OVERDUE_DAYS, numberPrecision: 0 },
			default: 1,
			description:
				'By how many days an invoice or bill is overdue when the workflow starts: due on Monday, it is overdue by 1 on Tuesday, in the time zone of the organisation',
		},
		{
			displayName: 'Statuses',
			name: 'statuses',
			type: 'multiOptions',
			options: [
				{ name: 'Accepted', value: 'ACCEPTED' },
				{ name: 'Active', value: 'ACTIVE' },
				{ name: 'Archived', value: 'ARCHIVED' },
				{ name: 'Authorised', value: 'AUTHORISED' },
				{ name: 'Billed', value: 'BILLED' },
				{ name: 'Declined', value: 'DECLINED' },
				{ name: 'Deleted', value: 'DELETED' },
				{ name: 'Draft', value: 'DRAFT' },
				{ name: 'Invoiced', value: 'INVOICED' },
				{ name: 'Paid', value: 'PAID' },
				{ name: 'Posted', value: 'POSTED' },
				{ name: 'Sent', value: 'SENT' },
				{ name: 'Submitted', value: 'SUBMITTED' },
				{ name: 'Voided', value: 'VOIDED' },
			],
			default: [],
			description: 'Only records that have one of these statuses then',
		},
	],
};
