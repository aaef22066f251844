import { presenter } from '../shared/presenter';
import { idOf } from '../common/RecordKind';
import { changeRecords } from '../shared/changeRecords';
import type { OperationModule } from '../shared/OperationModule';
import { updateRequest } from '../shared/RequestFacts';
import { showFor } from '../shared/showFor';
import { writeOptionsField } from '../shared/writeOptions';
import { quoteKind } from './quoteKind';
import { withStatus } from './withStatus';

export const description = showFor(
	quoteKind.resource,
	['changeStatus'],
	[
		quoteKind.locator('The quote whose status to change'),
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
	],
);

export const request = updateRequest(quoteKind.collection);

export const execute: OperationModule['execute'] = async (run) =>
	await changeRecords(run, {
		collection: quoteKind.collection,
		present: presenter(run, quoteKind),
		idOf: (item) => idOf(run, quoteKind, item),
		change: (quote, item) => withStatus(quote, String(run.parameter('status', item, ''))),
	});
