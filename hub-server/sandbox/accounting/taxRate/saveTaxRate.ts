import type { ApiCall } from '../../resource/ApiResource';
import type { Account, TaxComponent, TaxRate } from '../../world/Books';
import { parseDecimal, scale, type Decimal4 } from '../../world/decimal';
import { isObject, type Element } from '../../writing/readElements';
import { trimmedText } from '../../writing/trimmedText';

export type SavedTaxRate =
	| { readonly ok: true; readonly taxRate: TaxRate }
	| { readonly ok: false; readonly messages: readonly string[] };

/** Creates a tax rate, or changes or deletes the known one that `before` is. */
export function saveTaxRate(
	call: ApiCall,
	element: Element,
	before: TaxRate | undefined,
): SavedTaxRate {
	const { taxRates } = call.books;
	if (before !== undefined && !CUSTOM.test(before.id)) {
		return { ok: false, messages: ['Tax rates that Xero provides cannot be changed.'] };
	}
	if (before?.status === 'DELETED') {
		return { ok: false, messages: ['A deleted tax rate cannot be changed.'] };
	}
	if (before !== undefined && element['Status'] === 'DELETED') {
		return keep(call, { ...before, status: 'DELETED', updatedMs: call.nowMs });
	}

	const messages: string[] = [];
	const name = trimmedText(element['Name']) ?? before?.name;
	if (name === undefined) messages.push('Name must be specified.');
	const holder = [...taxRates.values()].find(
		(other) => other.status === 'ACTIVE' && other.name.toLowerCase() === name?.toLowerCase(),
	);
	if (holder !== undefined && holder.id !== before?.id)
		messages.push('Please enter a unique Name.');
	const reportTaxType = trimmedText(element['ReportTaxType']) ?? before?.reportTaxType;
	if (reportTaxType === undefined) messages.push('ReportTaxType must be specified.');
	if (before !== undefined && !repeatsComponents(element, before)) {
		messages.push('All the existing tax components must be supplied when updating a tax rate.');
	}
	const components = Array.isArray(element['TaxComponents'])
		? element['TaxComponents'].filter(isObject).map((part) => readComponent(part, messages))
		: (before?.components ?? []);
	if (components.length === 0) messages.push('At least one TaxComponent must be specified.');
	if (messages.length > 0 || name === undefined) return { ok: false, messages };

	return keep(call, {
		id: before?.id ?? nextTaxType(call),
		updatedMs: call.nowMs,
		name,
		rate: rateOf(components),
		components,
		reportTaxType,
		appliesTo: appliesTo(reportTaxType),
		status: 'ACTIVE',
	});
}

/**
 * Components can be added and given another rate, but neither renamed nor removed.
 *
 * @see https://developer.xero.com/documentation/api/accounting/taxrates
 */
function repeatsComponents(element: Element, before: TaxRate): boolean {
	const sent = Array.isArray(element['TaxComponents']) ? element['TaxComponents'] : [];
	const names = new Set(sent.filter(isObject).map((part) => trimmedText(part['Name'])));
	return before.components.every(({ name }) => names.has(name));
}

/** Codes that Xero gives to rates that an organisation makes. */
const CUSTOM = /^TAX\d{3,}$/;

function keep(call: ApiCall, taxRate: TaxRate): SavedTaxRate {
	call.transaction.put(call.books.taxRates, taxRate);
	return { ok: true, taxRate };
}

function nextTaxType({ books }: ApiCall): string {
	let count = 0;
	let taxType: string;
	do {
		count += 1;
		taxType = `TAX${String(count).padStart(3, '0')}`;
	} while (books.taxRates.get(taxType) !== undefined);
	return taxType;
}

function readComponent(element: Element, messages: string[]): TaxComponent {
	const name = trimmedText(element['Name']);
	const rate = parseDecimal(element['Rate'], 4);
	if (name === undefined) messages.push('Each TaxComponent must have a Name.');
	if (rate === undefined || rate < 0) messages.push('Each TaxComponent must have a Rate.');
	return {
		name: name ?? '',
		rate: rate ?? 0,
		isCompound: element['IsCompound'] === true,
		isNonRecoverable: element['IsNonRecoverable'] === true,
	};
}

/** The compound component comes on top of the amount and of all others. */
function rateOf(components: readonly TaxComponent[]): Decimal4 {
	const simple = components
		.filter(({ isCompound }) => !isCompound)
		.reduce((sum, { rate }) => sum + rate, 0);
	return components
		.filter(({ isCompound }) => isCompound)
		.reduce((sum, { rate }) => sum + rate + scale(sum, rate, 1_000_000), simple);
}

/** What is collected goes on income, what is paid on expenses; everything else on either. */
function appliesTo(reportTaxType: string | undefined): readonly Account['class'][] {
	const both = ['ASSET', 'LIABILITY', 'EQUITY'] as const;
	if (reportTaxType?.includes('OUTPUT')) return ['REVENUE', ...both];
	if (reportTaxType?.includes('INPUT')) return ['EXPENSE', ...both];
	return ['REVENUE', 'EXPENSE', ...both];
}
