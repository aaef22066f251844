import { inNewDocuments } from '../../documents/inNewDocuments';
import { salesLines } from '../../documents/lineItems';
import { success, type Outcome } from '../../errors/failure';
import type { Members } from '../../fields/Field';
import { repeatingInvoiceKind } from '../../kinds/repeatingInvoiceKind';
import {
	buildNew,
	createOperation,
	inMappedNew,
	type NewRecord,
} from '../../operations/createOperation';
import type { OperationModule } from '../../operations/OperationModule';
import { presenter } from '../../output/presenter';
import { organisationList } from '../../requests/organisationList';
import { wholeLists, type WholeLists } from '../../requests/wholeLists';
import { writeRecords } from '../../requests/writeRecords';
import type { OperationResult } from '../../run/ItemOutcome';
import type { OperationRun } from '../../run/OperationRun';
import { repeatingInvoiceContactField, repeatingInvoiceFields } from './repeatingInvoiceFields';
import { scheduleFields, withSchedule } from './scheduleFields';

/** Through the API, Xero makes templates of sales invoices only. */
const fields: NewRecord = {
	own: [repeatingInvoiceContactField, ...scheduleFields],
	more: repeatingInvoiceFields,
	lines: salesLines,
	finish: (record) =>
		success({
			Type: 'ACCREC',
			LineAmountTypes: 'Exclusive',
			Status: 'DRAFT',
			...withSchedule(record),
		}),
};

export const { description, request } = createOperation(repeatingInvoiceKind, fields);

/** Xero's page calls tax treatment, status and currency required; what is not given is said as it would be. */
export const execute: OperationModule['execute'] = async (run) =>
	await inNewDocuments(
		run,
		description,
		async (templates) =>
			await inMappedNew(templates, repeatingInvoiceKind, fields, createTemplates),
	);

async function createTemplates(templates: OperationRun): Promise<OperationResult> {
	const lists = wholeLists(templates);
	return await writeRecords(templates, {
		collection: repeatingInvoiceKind.collection,
		method: 'PUT',
		present: presenter(templates, repeatingInvoiceKind),
		async build(item) {
			const template = buildNew(templates, item, fields, repeatingInvoiceKind);
			return template.ok ? await withCurrency(templates, lists, item, template.value) : template;
		},
	});
}

/** In the base currency unless told otherwise; left to Xero where the organisation cannot be read. */
async function withCurrency(
	run: OperationRun,
	lists: WholeLists,
	item: number,
	template: Members,
): Promise<Outcome<Members>> {
	if (template['CurrencyCode'] !== undefined) return success(template);
	const tenantId = await run.organisationOf(item);
	if (!tenantId.ok) return tenantId;
	const organisations = await lists(organisationList, tenantId.value);
	const currency = organisations.ok ? organisations.value[0]?.BaseCurrency : undefined;
	return success(currency === undefined ? template : { ...template, CurrencyCode: currency });
}
