import { refuseInput, success } from '../../errors/failure';
import { writeFields } from '../../fields/writeFields';
import { keyOptionsField } from '../../fields/writeOptions';
import type { OperationModule } from '../../operations/OperationModule';
import { BANK_FEEDS_PATH, BANK_FEEDS_SCOPE } from '../../requests/bankFeedsApi';
import type { RequestFacts } from '../../requests/RequestFacts';
import { writeFeedItems } from '../../requests/writeFeedItems';
import { moreFields, ownFields } from './feedConnectionFields';

export const description: OperationModule['description'] = [
	...ownFields.map(({ property }) => property),
	{
		displayName: 'Additional Fields',
		name: 'additionalFields',
		type: 'collection',
		default: {},
		placeholder: 'Add Field',
		description: 'Give Account Number or Bank Account',
		options: moreFields.map(({ property }) => property),
	},
	keyOptionsField,
];

const path = `${BANK_FEEDS_PATH}/FeedConnections`;

export const request: RequestFacts = {
	method: 'POST',
	path,
	carries: '50 items',
	scope: BANK_FEEDS_SCOPE,
};

export const execute: OperationModule['execute'] = async (run) =>
	await writeFeedItems(run, {
		path,
		build(item) {
			const own = writeFields(
				ownFields,
				Object.fromEntries(
					ownFields.map(({ property: { name } }) => [name, run.parameter(name, item, '')]),
				),
			);
			if (!own.ok) return own;
			const more = writeFields(moreFields, run.parameter('additionalFields', item, {}));
			if (!more.ok) return more;
			const connection: Readonly<Record<string, unknown>> = { ...own.value, ...more.value };
			const { accountId, accountNumber, accountType } = connection;
			if (accountId === undefined && accountNumber === undefined) {
				return refuseInput(
					'Neither Account Number nor Bank Account is set',
					'Xero finds the bank account by its number, or by choosing it.',
				);
			}
			if (accountType === 'CREDITCARD' && String(accountNumber ?? '').length > 4) {
				return refuseInput(
					'Account Number has more than the last 4 digits of the credit card',
					'Give the last 4 digits only.',
				);
			}
			return success(connection);
		},
		present: (element) => element,
	});
