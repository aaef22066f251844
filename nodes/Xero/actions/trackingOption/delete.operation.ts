import { done } from '../../batching/ItemOutcome';
import { success } from '../../errors/failure';
import { callEach } from '../shared/callEach';
import type { OperationModule } from '../shared/OperationModule';
import { singleCall } from '../shared/RequestFacts';
import { showFor } from '../shared/showFor';
import { trackingCategoryKind } from '../trackingCategory/trackingCategoryKind';
import { optionField, optionOf, optionsAddress } from './optionFields';

export const description = showFor(
	'trackingOption',
	['delete'],
	[optionField('The option to delete')],
);

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
			return success({ method: 'DELETE', path: `${optionsAddress(categoryId)}/${optionId}` });
		},
		read(_answer, item) {
			const ids = optionOf(run, item);
			return done({ deleted: true, TrackingOptionID: ids.ok ? ids.value.optionId : undefined });
		},
	});
