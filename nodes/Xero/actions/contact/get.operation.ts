import { locatorValue } from '../../records/locatorValue';
import { parseXeroId } from '../../records/xeroId';
import { getOptions } from '../fields/readOptions';
import type { OperationModule } from '../shared/OperationModule';
import { present } from '../shared/present';
import { readByIds } from '../shared/readByIds';
import { readFlag } from '../shared/readFlag';
import { bulkRead } from '../shared/RequestFacts';
import { showFor } from '../shared/showFor';
import { contactCollection } from './contactCollection';
import { contactLocator } from './contactLocator';

export const description = showFor(
	'contact',
	['get'],
	[contactLocator({ description: 'The contact to read', required: true }), getOptions],
);

export const request = bulkRead(contactCollection);

export const execute: OperationModule['execute'] = async (run) =>
	await readByIds(run, {
		collection: contactCollection,
		idOf: (item) => parseXeroId(locatorValue(run.parameter('contact', item)).value, 'Contact'),
		present: (record, item) => present(record, { raw: readFlag(run, 'options', 'raw', item) }),
	});
