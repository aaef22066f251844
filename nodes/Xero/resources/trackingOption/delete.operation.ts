import { done } from '../../run/ItemOutcome';
import { success } from '../../errors/failure';
import { callEach } from '../../requests/callEach';
import type { OperationModule } from '../../operations/OperationModule';
import { singleCall } from '../../requests/RequestFacts';
import { showFor } from '../../operations/showFor';
import { trackingCategoryKind } from '../../kinds/trackingCategoryKind';
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
