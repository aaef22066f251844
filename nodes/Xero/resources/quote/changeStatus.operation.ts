import { pickedId } from '../../fields/Locator';
import { writeOptionsField } from '../../fields/writeOptions';
import { quoteKind } from '../../kinds/quoteKind';
import type { OperationModule } from '../../operations/OperationModule';
import { presenter } from '../../output/presenter';
import { changeRecords } from '../../requests/changeRecords';
import { updateRequest } from '../../requests/RequestFacts';
import { withStatus } from './withStatus';

export const description: OperationModule['description'] = [
	quoteKind.locator.field('The quote whose status to change'),
	{
		displayName: 'New Status',
		name: 'status',
		type: 'options',
		options: [
			{ name: 'Accepted', value: 'ACCEPTED', description: 'Only from sent' },
			{ name: 'Declined', value: 'DECLINED', description: 'Only from sent' },
			{
				name: 'Invoiced',
				value: 'INVOICED',
				description: 'Only from accepted. Xero makes no invoice.',
			},
			{
				name: 'Sent',
				value: 'SENT',
				description: 'From draft, or back from any other status. Xero does not send it.',
			},
		],
		default: 'SENT',
		description: 'The status to give it',
		required: true,
	},
	writeOptionsField,
];

export const request = updateRequest(quoteKind.collection);

export const execute: OperationModule['execute'] = async (run) =>
	await changeRecords(run, {
		collection: quoteKind.collection,
		present: presenter(run, quoteKind),
		idOf: (item) => pickedId(run, quoteKind.locator, item),
		asked: (item) => ({ Status: run.parameter('status', item, '') }),
		change: (quote, item) => withStatus(quote, String(run.parameter('status', item, ''))),
	});
