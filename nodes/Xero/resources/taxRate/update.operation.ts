import type { IDataObject } from 'n8n-workflow';

import { refuse, success, type Outcome } from '../../errors/failure';
import { textDocumentField } from '../../fields/documentFields';
import type { Members } from '../../fields/Field';
import { pickedId } from '../../fields/Locator';
import { taxRateKind } from '../../kinds/taxRateKind';
import { buildChange, type ChangedRecord } from '../../operations/buildChange';
import type { OperationModule } from '../../operations/OperationModule';
import { updateOperation } from '../../operations/updateOperation';
import { presenter } from '../../output/presenter';
import { wholeLists } from '../../requests/wholeLists';
import { writeRecords } from '../../requests/writeRecords';
import { mergeComponents } from './mergeComponents';
import { otherTaxComponentsField, taxRateFields } from './taxRateFields';

const changed: ChangedRecord = {
	fields: [
		textDocumentField('Name', 'name', 'Name', 'Unique among active tax rates'),
		otherTaxComponentsField,
		...taxRateFields,
	],
};

export const { description, request } = updateOperation(taxRateKind, changed);

/** The rates are read first, because Xero wants all components of a rate each time. */
export const execute: OperationModule['execute'] = async (run) => {
	const lists = wholeLists(run);
	return await writeRecords(run, {
		collection: taxRateKind.collection,
		method: 'POST',
		present: presenter(run, taxRateKind),
		async build(item) {
			const id = pickedId(run, taxRateKind.locator, item);
			if (!id.ok) return id;
			const change = buildChange(run, item, changed, taxRateKind);
			if (!change.ok) return change;
			const tenantId = await run.organisationOf(item);
			if (!tenantId.ok) return tenantId;
			const rates = await lists(taxRateKind.collection, tenantId.value);
			return rates.ok ? withComponents(rates.value, id.value, change.value) : rates;
		},
	});
};

function withComponents(
	rates: readonly IDataObject[],
	taxType: string,
	change: Members,
): Outcome<Members> {
	const known = rates.find(({ TaxType }) => TaxType === taxType);
	if (known === undefined) {
		return refuse({
			kind: 'api',
			message: `Xero has no tax rate with the tax type ${taxType}`,
			description: 'Check the tax type, and that it belongs to the chosen organisation.',
			httpCode: '404',
		});
	}
	const { Name, TaxComponents: components } = known;
	return success({
		Name,
		...change,
		TaxType: taxType,
		TaxComponents: mergeComponents(components as readonly Members[], change['TaxComponents']),
	});
}
