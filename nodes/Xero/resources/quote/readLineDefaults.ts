import type { IDataObject } from 'n8n-workflow';

import { groupByOrganisation } from '../../batching/groupByOrganisation';
import { collect, refuse, success, type Outcome } from '../../errors/failure';
import type { Members } from '../../fields/Field';
import { accountKind } from '../../kinds/accountKind';
import { itemKind } from '../../kinds/itemKind';
import { trackingCategoryKind } from '../../kinds/trackingCategoryKind';
import { recordsHolding } from '../../requests/recordsHolding';
import { wholeLists, type WholeLists } from '../../requests/wholeLists';
import { forItem } from '../../run/forItem';
import type { OperationRun } from '../../run/OperationRun';
import { equalTo } from '../../values/whereClause';
import { needsOf, type LineNeeds } from './completeLines';
import type { LineDefaults } from './LineDefaults';

interface Wish extends LineNeeds {
	readonly item: number;
	readonly tenantId: string;
}

/**
 * What the lines of each item are completed with, in as few requests as it takes: accounts and tracking
 * categories once for an organisation, items by their codes. Nothing is read for lines that bring their
 * tax rate and the ids of their tracking along.
 *
 * @param quoteOf what the item's fields say of the quote
 */
export async function readLineDefaults(
	run: OperationRun,
	quoteOf: (item: number) => Outcome<Members>,
): Promise<(item: number) => Outcome<LineDefaults>> {
	const wishes: Wish[] = [];
	for (let item = 0; item < run.itemCount; item++) {
		const wish = await forItem<Wish>(async () => {
			const quote = quoteOf(item);
			if (!quote.ok) return quote;
			const { LineItems: lines } = quote.value;
			const needs = needsOf(Array.isArray(lines) ? lines : []);
			const tenantId = await run.organisationOf(item);
			return tenantId.ok ? success({ ...needs, item, tenantId: tenantId.value }) : tenantId;
		});
		// What cannot be read of an item is said where its quote is built.
		if (wish.ok && (wish.value.wantsTax || wish.value.tracksByName)) wishes.push(wish.value);
	}

	const lists = wholeLists(run);
	const defaults = new Map<number, Outcome<LineDefaults>>();
	for (const { tenantId, members } of groupByOrganisation(wishes)) {
		const read = await readFor(run, lists, tenantId, members);
		for (const { item } of members) defaults.set(item, read);
	}
	return (item) => defaults.get(item) ?? success(NOTHING);
}

const NOTHING: LineDefaults = { accounts: [], items: [], trackingCategories: [] };

async function readFor(
	run: OperationRun,
	lists: WholeLists,
	tenantId: string,
	wishes: readonly LineNeeds[],
): Promise<Outcome<LineDefaults>> {
	const nothing = success<readonly IDataObject[]>([]);
	const accounts = wishes.some(({ wantsTax }) => wantsTax)
		? await lists(accountKind.collection, tenantId)
		: nothing;
	const codes = wishes.flatMap(({ itemCodes }) => itemCodes);
	const items = codes.length > 0 ? await itemsWithCodes(run, tenantId, codes) : nothing;
	const trackingCategories = wishes.some(({ tracksByName }) => tracksByName)
		? await lists(trackingCategoryKind.collection, tenantId)
		: nothing;
	if (!accounts.ok) return withAdvice(accounts);
	if (!items.ok) return withAdvice(items);
	if (!trackingCategories.ok) return withAdvice(trackingCategories);
	return success({
		accounts: accounts.value,
		items: items.value,
		trackingCategories: trackingCategories.value,
	});
}

async function itemsWithCodes(
	run: OperationRun,
	tenantId: string,
	codes: readonly string[],
): Promise<Outcome<readonly IDataObject[]>> {
	const found = await recordsHolding(run, {
		collection: itemKind.collection,
		tenantId,
		values: codes,
		queryOf: (some) => ({ where: some.map((code) => equalTo('Code', code)).join(' OR ') }),
		valueOf: ({ Code }) => Code,
	});
	const read = collect([...found.values()]);
	return read.ok ? success(read.value.flat()) : read;
}

/** The look-up can be done without. */
function withAdvice({ failure }: Extract<Outcome<never>, { ok: false }>): Outcome<never> {
	return refuse({
		...failure,
		description: [failure.description, ADVICE].filter(Boolean).join(' '),
	});
}

const ADVICE =
	'Xero takes no tax rate from the account of a quote, and tracking by IDs only; give each line both to do without this look-up.';
