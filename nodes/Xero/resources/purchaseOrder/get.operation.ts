import { refuseInput, success, type Outcome } from '../../errors/failure';
import { getOptions } from '../../fields/readOptions';
import { withNumberMode } from '../../fields/withModes';
import { purchaseOrderKind } from '../../kinds/purchaseOrderKind';
import type { OperationModule } from '../../operations/OperationModule';
import { presenter } from '../../output/presenter';
import { callEach } from '../../requests/callEach';
import { readCollection } from '../../requests/readCollection';
import { singleCall } from '../../requests/RequestFacts';
import { failed, done } from '../../run/ItemOutcome';
import type { OperationRun } from '../../run/OperationRun';
import { locatorValue } from '../../values/locatorValue';
import { parseXeroId } from '../../values/xeroId';

const { collection, locator } = purchaseOrderKind;

export const description: OperationModule['description'] = [
	withNumberMode(locator.field('The purchase order to read'), { placeholder: 'e.g. PO-0042' }),
	getOptions,
];

export const request = singleCall('GET', `${collection.path}/{ID}`, collection.scope);

/** One request for each item: Xero's list takes neither ids nor numbers. */
export const execute: OperationModule['execute'] = async (run) => {
	const present = presenter(run, purchaseOrderKind);
	return await callEach(run, {
		effect: 'read',
		scope: collection.scope,
		build(item) {
			const key = keyOf(run, item);
			return key.ok
				? success({
						method: 'GET',
						path: `${collection.path}/${encodeURIComponent(key.value)}`,
						query: collection.query,
					})
				: key;
		},
		read(answer, item) {
			const [record] = readCollection(answer, collection.name)?.records ?? [];
			return record === undefined ? failed(NOTHING_READ) : done(present(record, item));
		},
	});
};

const NOTHING_READ = {
	kind: 'api',
	message: 'Xero answered without a purchase order',
	description: 'Check the ID or number, and that it belongs to the chosen organisation.',
} as const;

function keyOf(run: OperationRun, item: number): Outcome<string> {
	const { mode, value } = locatorValue(run.parameter(locator.name, item, ''));
	if (mode !== 'number') return parseXeroId(value, locator.displayName);
	return value === '' ? refuseInput('Purchase Order is not set') : success(value);
}
