import { success } from '../../errors/failure';
import { pickedId } from '../../fields/Locator';
import { trackingNameField } from '../../fields/trackingFields';
import { keyOptionsField } from '../../fields/writeOptions';
import { trackingCategoryKind } from '../../kinds/trackingCategoryKind';
import type { OperationModule } from '../../operations/OperationModule';
import { callEach } from '../../requests/callEach';
import { readWritten } from '../../requests/readWritten';
import { singleCall } from '../../requests/RequestFacts';
import { OPTIONS, optionsAddress } from './optionFields';

export const description: OperationModule['description'] = [
	trackingCategoryKind.locator.field('The tracking category to add the option to'),
	trackingNameField.property,
	keyOptionsField,
];

export const request = singleCall('PUT', optionsAddress(), trackingCategoryKind.collection.scope);

export const execute: OperationModule['execute'] = async (run) =>
	await callEach(run, {
		effect: 'write',
		scope: trackingCategoryKind.collection.scope,
		build(item) {
			const id = pickedId(run, trackingCategoryKind.locator, item);
			if (!id.ok) return id;
			const { property, write } = trackingNameField;
			const option = write(run.parameter(property.name, item, ''), property.displayName);
			if (!option.ok) return option;
			return success({ method: 'PUT', path: optionsAddress(id.value), body: option.value });
		},
		read: (answer) => readWritten(answer, OPTIONS, 'TrackingOptionID'),
	});
