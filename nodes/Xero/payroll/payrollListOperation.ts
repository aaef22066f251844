import type { IDataObject } from 'n8n-workflow';

import { success, type Outcome } from '../errors/failure';
import { readLimit } from '../fields/readLimit';
import { limitField, returnAllField, simplifyField } from '../fields/readOptions';
import { filtersField } from '../filters/listFields';
import type { OperationModule } from '../operations/OperationModule';
import { readPage } from '../requests/readPage';
import { listOf } from '../requests/RequestFacts';
import { forItem } from '../run/forItem';
import { done, failed, type ItemOutcome } from '../run/ItemOutcome';
import type { OperationRun } from '../run/OperationRun';
import { readPayrollFilters, type PayrollFilter } from './payrollFilters';
import { addressOf, collectionOf, payrollPresenter, type PayrollKind } from './PayrollKind';
import { payrollField, payrollFinder, type PayrollVersion } from './payrollVersion';

/** *Get Many* of payroll: a list for each item, of its organisation's payroll. */
export function payrollListOperation(
	kind: PayrollKind,
	filters: readonly PayrollFilter[],
): OperationModule {
	return {
		description: [returnAllField, limitField, payrollField, simplifyField, filtersField(filters)],
		request: listOf(addressOf(kind, '{VERSION}'), kind.scope, '100 records'),
		async execute(run) {
			const payrollOf = payrollFinder(run);
			const present = payrollPresenter(run, kind);
			const outcomes: ItemOutcome[] = Array.from({ length: run.itemCount }, () => ({
				status: 'untried',
			}));
			for (let item = 0; item < run.itemCount; item++) {
				const records = await forItem(async () => {
					const tenantId = await run.organisationOf(item);
					if (!tenantId.ok) return tenantId;
					const version = await payrollOf(item, tenantId.value);
					if (!version.ok) return version;
					const list = { kind, filters, version: version.value, tenantId: tenantId.value };
					const read = await readList(run, list, item);
					if (!read.ok) return read;
					return success(read.value.map((record) => present(record, item, version.value)));
				});
				outcomes[item] = records.ok ? done(...records.value) : failed(records.failure);
				if (!records.ok && run.stopsAtFirstFailure) break;
			}
			return { effect: 'read', outcomes };
		},
	};
}

interface PayrollList {
	readonly kind: PayrollKind;
	readonly filters: readonly PayrollFilter[];
	readonly version: PayrollVersion;
	readonly tenantId: string;
}

/** Page by page, up to the item's *Limit*. */
async function readList(
	run: OperationRun,
	{ kind, filters, version, tenantId }: PayrollList,
	item: number,
): Promise<Outcome<IDataObject[]>> {
	const limit = readLimit(run, item);
	if (!limit.ok) return limit;
	const wish = readPayrollFilters(run, item, filters, version);
	if (!wish.ok) return wish;
	const { keep, ...query } = wish.value;
	const collection = collectionOf(kind, version);
	const list = { ...query, limit: limit.value, ids: [] };
	const records: IDataObject[] = [];
	let before: readonly IDataObject[] | undefined;
	for (let page = 1; ; page++) {
		const answer = await readPage(run, collection, tenantId, list, { page, before });
		if (!answer.ok) return answer;
		before = answer.value.records;
		records.push(...before.filter(keep));
		if (answer.value.isLast || records.length >= limit.value) {
			return success(records.slice(0, limit.value));
		}
	}
}
