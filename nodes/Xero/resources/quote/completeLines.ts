import type { IDataObject } from 'n8n-workflow';

import { isSame } from '../../../../hub-server/protocol/xero';
import { collect, refuseInput, success, type Outcome } from '../../errors/failure';
import type { Members } from '../../fields/Field';
import type { LineDefaults } from './LineDefaults';

/** What a list of lines has to be completed with. */
export interface LineNeeds {
	readonly wantsTax: boolean;
	readonly itemCodes: readonly string[];
	readonly tracksByName: boolean;
}

export function needsOf(lines: readonly Members[]): LineNeeds {
	const untaxed = lines.filter(({ TaxType: taxType }) => taxType === undefined);
	return {
		wantsTax: untaxed.some((line) => ACCOUNT_NAMES.some((name) => line[name] !== undefined)),
		itemCodes: untaxed.flatMap(({ ItemCode: code }) => (code === undefined ? [] : [String(code)])),
		tracksByName: lines.some((line) => trackingOf(line).some(isByName)),
	};
}

const ACCOUNT_NAMES = ['AccountCode', 'AccountID', 'ItemCode'];

/**
 * The lines of a quote with what Xero takes from account, item and names on invoices, and not on quotes:
 * a line without TaxType would go out untaxed, and tracking is taken by ids only. A line that is there
 * keeps its tax unless it moves to another account or item.
 *
 * @param known the lines of the quote as they are
 * @see https://developer.xero.com/documentation/api/accounting/quotes
 */
export function completeLines(
	quote: Members,
	defaults: LineDefaults,
	known: readonly IDataObject[] = [],
): Outcome<Members> {
	const { LineItems: lines, LineAmountTypes: types } = quote;
	if (!Array.isArray(lines)) return success(quote);
	const isTaxed = String(types).toUpperCase() !== 'NOTAX';
	const completed = collect(
		(lines as readonly Members[]).map((line, index) => {
			const before = known.find(({ LineItemID: id }) => isSame(id, line['LineItemID']));
			const tracking = completeTracking(line, `Line ${index + 1}`, defaults);
			if (!tracking.ok) return tracking;
			const taxType = isTaxed ? taxTypeOf(line, before, defaults) : undefined;
			return success({
				...(taxType === undefined ? {} : { TaxType: taxType }),
				...line,
				...tracking.value,
			});
		}),
	);
	return completed.ok ? success({ ...quote, LineItems: completed.value }) : completed;
}

/** The line's own; else what the line has in Xero; else of its item, else of its account. */
function taxTypeOf(
	line: Members,
	before: IDataObject | undefined,
	{ accounts, items }: LineDefaults,
): unknown {
	const { TaxType: own, AccountCode: code, AccountID: id, ItemCode: itemCode } = line;
	if (own !== undefined) return own;
	const isMoved =
		(code !== undefined && !isSame(code, before?.AccountCode)) ||
		(id !== undefined && !isSame(id, before?.AccountID)) ||
		(itemCode !== undefined && !isSame(itemCode, before?.ItemCode));
	if (before !== undefined && !isMoved) return before.TaxType;
	const item = items.find(({ Code: known }) => itemCode !== undefined && isSame(known, itemCode));
	const sales = item?.SalesDetails as IDataObject | undefined;
	if (sales?.TaxType !== undefined) return sales.TaxType;
	const wanted = code ?? id ?? sales?.AccountCode;
	if (wanted === undefined) return undefined;
	return accounts.find(({ Code, AccountID }) => isSame(Code, wanted) || isSame(AccountID, wanted))
		?.TaxType;
}

function completeTracking(
	line: Members,
	label: string,
	{ trackingCategories }: LineDefaults,
): Outcome<Members> {
	const entries = trackingOf(line);
	if (!entries.some(isByName)) return success({});
	const completed = collect<Members>(
		entries.map((entry) => {
			if (!isByName(entry)) return success(entry);
			const { TrackingCategoryID: id, Name: name, Option: option } = entry;
			const category = trackingCategories.find(({ TrackingCategoryID, Name }) =>
				id === undefined ? isSame(Name, name) : isSame(TrackingCategoryID, id),
			);
			const chosen = optionsOf(category).find(({ Name }) => isSame(Name, option));
			if (category === undefined || chosen === undefined) {
				return refuseInput(
					`${label}: Xero has no tracking option ${JSON.stringify(`${String(name ?? id)}: ${String(option)}`)}`,
					`Use one of: ${trackingCategories.flatMap(namesOf).join(', ')}.`,
				);
			}
			return success({
				TrackingCategoryID: category.TrackingCategoryID,
				TrackingOptionID: chosen.TrackingOptionID,
			});
		}),
	);
	return completed.ok ? success({ Tracking: completed.value }) : completed;
}

function trackingOf({ Tracking: tracking }: Members): readonly Members[] {
	return Array.isArray(tracking) ? (tracking as readonly Members[]) : [];
}

function isByName({ TrackingOptionID: id }: Members): boolean {
	return id === undefined;
}

function optionsOf(category: IDataObject | undefined): readonly IDataObject[] {
	return (category?.Options as IDataObject[] | undefined) ?? [];
}

function namesOf(category: IDataObject): string[] {
	return optionsOf(category).map(({ Name }) => `${String(category.Name)}: ${String(Name)}`);
}
