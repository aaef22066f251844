import type { IDataObject } from 'n8n-workflow';

import { success } from '../../errors/failure';
import { pickedId } from '../../fields/Locator';
import { readLimit } from '../../fields/readLimit';
import { limitField, returnAllField } from '../../fields/readOptions';
import { addressOf } from '../../kinds/RecordKind';
import { trackingCategoryKind } from '../../kinds/trackingCategoryKind';
import type { OperationModule } from '../../operations/OperationModule';
import { callEach } from '../../requests/callEach';
import { readCollection } from '../../requests/readCollection';
import { singleCall } from '../../requests/RequestFacts';
import { done } from '../../run/ItemOutcome';
import { OPTIONS } from './optionFields';

const { collection } = trackingCategoryKind;

export const description: OperationModule['description'] = [
	trackingCategoryKind.locator.field('The tracking category whose options to list'),
	returnAllField,
	limitField,
];

export const request = singleCall(
	'GET',
	addressOf(trackingCategoryKind),
	trackingCategoryKind.collection.scope,
);

/** Xero has no list of options: they stand in their category. */
export const execute: OperationModule['execute'] = async (run) =>
	await callEach(run, {
		effect: 'read',
		scope: collection.scope,
		build(item) {
			const id = pickedId(run, trackingCategoryKind.locator, item);
			if (!id.ok) return id;
			const limit = readLimit(run, item);
			if (!limit.ok) return limit;
			return success({
				method: 'GET',
				path: addressOf(trackingCategoryKind, id.value),
				limit: limit.value,
			});
		},
		read(answer, _item, { limit }) {
			const category = readCollection(answer, collection.name)?.records[0];
			const options = (category?.[OPTIONS] as IDataObject[] | undefined) ?? [];
			return done(
				...options.slice(0, limit).map((option) => ({
					...option,
					TrackingCategoryID: category?.TrackingCategoryID,
					TrackingCategoryName: category?.Name,
				})),
			);
		},
	});
