import { locatorValue } from '../../records/locatorValue';
import { parseXeroId } from '../../records/xeroId';
import { getOptions } from '../fields/readOptions';
import type { OperationModule } from '../shared/OperationModule';
import { present } from '../shared/present';
import { readByIds } from '../shared/readByIds';
import { readFlag } from '../shared/readFlag';
import { bulkRead } from '../shared/RequestFacts';
import { showFor } from '../shared/showFor';
import { invoiceCollection } from './invoiceCollection';
import { invoiceLocator } from './invoiceLocator';

export const description = showFor(
	'invoice',
	['get'],
	[invoiceLocator('The invoice or bill to read'), getOptions],
);

export const request = bulkRead(invoiceCollection);

export const execute: OperationModule['execute'] = async (run) =>
	await readByIds(run, {
		collection: invoiceCollection,
		idOf: (item) => parseXeroId(locatorValue(run.parameter('invoice', item)).value, 'Invoice'),
		present: (record, item) => present(record, { raw: readFlag(run, 'options', 'raw', item) }),
	});
