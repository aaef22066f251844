import { success } from '../../errors/failure';
import { trackingFields } from '../../fields/trackingFields';
import { writeFields } from '../../fields/writeFields';
import { keyOptionsField } from '../../fields/writeOptions';
import { trackingCategoryKind } from '../../kinds/trackingCategoryKind';
import type { OperationModule } from '../../operations/OperationModule';
import { callEach } from '../../requests/callEach';
import { readWritten } from '../../requests/readWritten';
import { singleCall } from '../../requests/RequestFacts';
import { OPTIONS, optionLocator, optionOf, optionsAddress } from './optionFields';

export const description: OperationModule['description'] = [
	optionLocator.field('The option to change'),
	{
		displayName: 'Update Fields',
		name: 'updateFields',
		type: 'collection',
		default: {},
		placeholder: 'Add Field',
		description: 'Fields that are left out keep their values in Xero',
		options: trackingFields.map(({ property }) => property),
	},
	keyOptionsField,
];

export const request = singleCall(
	'POST',
	`${optionsAddress()}/{ID}`,
	trackingCategoryKind.collection.scope,
);

export const execute: OperationModule['execute'] = async (run) =>
	await callEach(run, {
		effect: 'write',
		scope: trackingCategoryKind.collection.scope,
		build(item) {
			const ids = optionOf(run, item);
			if (!ids.ok) return ids;
			const option = writeFields(trackingFields, run.parameter('updateFields', item, {}));
			if (!option.ok) return option;
			const { categoryId, optionId } = ids.value;
			const path = `${optionsAddress(categoryId)}/${optionId}`;
			return success({ method: 'POST', path, body: option.value });
		},
		read: (answer) => readWritten(answer, OPTIONS, 'TrackingOptionID'),
	});
