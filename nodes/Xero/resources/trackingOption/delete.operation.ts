import { success } from '../../errors/failure';
import { trackingCategoryKind } from '../../kinds/trackingCategoryKind';
import { sendAgainField } from '../../fields/writeOptions';
import type { OperationModule } from '../../operations/OperationModule';
import { callEach } from '../../requests/callEach';
import { singleCall } from '../../requests/RequestFacts';
import { done } from '../../run/ItemOutcome';
import { optionLocator, optionOf, optionsAddress } from './optionFields';

export const description: OperationModule['description'] = [
	optionLocator.field('The option to delete'),
	sendAgainField,
];

export const request = singleCall(
	'DELETE',
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
			const { categoryId, optionId } = ids.value;
			const path = `${optionsAddress(categoryId)}/${optionId}`;
			return success({ method: 'DELETE', path, optionId });
		},
		read: (_answer, _item, { optionId }) => done({ deleted: true, TrackingOptionID: optionId }),
	});
