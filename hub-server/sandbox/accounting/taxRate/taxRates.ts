import type { Reply } from '../../http/Reply';
import { readOnlyList } from '../../query/readOnlyList';
import type { ApiCall, ApiResource } from '../../resource/ApiResource';
import type { TaxRate } from '../../world/Books';
import { toNumber } from '../../world/decimal';
import type { Element } from '../../writing/readElements';
import { writeElements, type ElementOutcome } from '../../writing/writeElements';
import { saveTaxRate, type SavedTaxRate } from './saveTaxRate';

const reading = readOnlyList<TaxRate>({
	name: 'TaxRates',
	typeName: 'TaxRate',
	scopes: ['accounting.settings'],
	rows: (books) => books.taxRates,
	fields: {
		TaxType: { type: 'String', get: ({ id }) => id },
		Name: { type: 'String', get: ({ name }) => name },
		Status: { type: 'String', get: ({ status }) => status },
		ReportTaxType: { type: 'String', get: ({ reportTaxType }) => reportTaxType },
		EffectiveRate: { type: 'Decimal', get: ({ rate }) => toNumber(rate, 4) },
	},
	present,
});

export const taxRates: ApiResource = {
	...reading,
	routes: [
		...reading.routes,
		{ method: 'PUT', path: '/TaxRates', handle: create },
		{ method: 'POST', path: '/TaxRates', handle: update },
	],
};

function create(call: ApiCall): Reply {
	return writeElements(call, {
		collection: 'TaxRates',
		write: (element) => outcome(element, saveTaxRate(call, element, undefined)),
	});
}

function update(call: ApiCall): Reply {
	return writeElements(call, {
		collection: 'TaxRates',
		write(element) {
			const before = find(call, element);
			if (before !== undefined) return outcome(element, saveTaxRate(call, element, before));
			return outcome(element, { ok: false, messages: ['The tax rate could not be found.'] });
		},
	});
}

/** By TaxType, else by name. */
function find({ books }: ApiCall, element: Element): TaxRate | undefined {
	const { TaxType: taxType, Name: name } = element;
	if (typeof taxType === 'string') return books.taxRates.get(taxType);
	return [...books.taxRates.values()].find(
		(taxRate) => taxRate.status === 'ACTIVE' && taxRate.name === name,
	);
}

function outcome(element: Element, saved: SavedTaxRate): ElementOutcome {
	if (saved.ok) return { ok: true, view: present(saved.taxRate) };
	return { ok: false, messages: saved.messages, echo: element };
}

function present(taxRate: TaxRate): Element {
	return {
		Name: taxRate.name,
		TaxType: taxRate.id,
		...(taxRate.reportTaxType !== undefined && { ReportTaxType: taxRate.reportTaxType }),
		CanApplyToAssets: taxRate.appliesTo.includes('ASSET'),
		CanApplyToEquity: taxRate.appliesTo.includes('EQUITY'),
		CanApplyToExpenses: taxRate.appliesTo.includes('EXPENSE'),
		CanApplyToLiabilities: taxRate.appliesTo.includes('LIABILITY'),
		CanApplyToRevenue: taxRate.appliesTo.includes('REVENUE'),
		DisplayTaxRate: toNumber(taxRate.rate, 4),
		EffectiveRate: toNumber(taxRate.rate, 4),
		Status: taxRate.status,
		TaxComponents: taxRate.components.map((component) => ({
			Name: component.name,
			Rate: toNumber(component.rate, 4),
			IsCompound: component.isCompound,
			IsNonRecoverable: component.isNonRecoverable,
		})),
	};
}
