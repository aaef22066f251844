import { comparable, isObject, isSame, type XeroRecord } from '../../protocol/xero';
import type { Uptime } from '../clock';
import { printDecimal } from '../records/decimal';
import {
	documentTotals,
	rateOfComponents,
	type DocumentTotals,
	type PricesAndRates,
} from './documentTotals';
import type { ResolveMappings } from '../mapping/Mapping';
import type { PushItemDetail } from './Push';
import type { PushTurn, Warning } from './PushTurn';
import { createRecentLists, type RecentList } from './recentLists';
import { settleRounding } from './settleRounding';

/** Totals as Xero will compute them, and what they mean for the record. */
export interface CheckedTotals {
	/** With what the policy puts in; as it was where nothing is to be put in. */
	readonly resolved: XeroRecord;
	readonly total: number | undefined;
	readonly lineTaxes?: readonly (string | undefined)[] | undefined;
	readonly totals?: PushItemDetail['totals'];
	readonly warning: Warning | null;
	/** The policy does not let it through. */
	readonly refusal: Warning | null;
}

/** @returns in the order of the documents. Other records pass as they are. */
export type CheckTotals = (
	turn: PushTurn,
	documents: readonly XeroRecord[],
) => Promise<readonly CheckedTotals[]>;

/** The key of a mapping to the account that cents are booked on. */
const ROUNDING_KEY = 'rounding';

/**
 * Rates and prices are read where a document says its total, or a person wants to see it: nobody pays calls for
 * what nobody asked.
 */
export function createCheckTotals(deps: {
	readonly resolveMappings: ResolveMappings;
	readonly uptime: Uptime;
}): CheckTotals {
	const lists = createRecentLists(deps.uptime);

	return async function checkTotals(turn, documents) {
		const { push } = turn.claimed;
		const isDocument = turn.entity.direction !== null || HAS_LINES.has(turn.entity.name);
		const asked = new Set(
			isDocument ? documents.filter((document) => push.dryRun || saysTotal(document)) : [],
		);
		if (asked.size === 0) return documents.map(asItIs);
		const roundingAccount =
			push.options.rounding === 'line' ? await accountOf(turn, deps.resolveMappings) : null;

		const check = (document: XeroRecord, known: PricesAndRates): CheckedTotals => {
			const totals = asked.has(document) ? documentTotals(document, known) : undefined;
			if (totals === undefined) return asItIs(document);
			const settled = settleRounding(document, totals, {
				policy: push.options.rounding,
				roundingAccount,
				takesTaxAmounts: turn.entity.name !== 'bank_transaction',
			});
			const words = settled.kind === 'equal' ? null : wordsOf(settled);
			return {
				resolved: settled.kind === 'settled' ? settled.document : document,
				total: Number(printDecimal(totals.total)),
				lineTaxes: totals.lines.map(({ taxAmount }) => printDecimal(taxAmount)),
				totals: shown(document, totals),
				warning: settled.kind === 'refused' ? null : words,
				refusal: settled.kind === 'refused' ? words : null,
			};
		};
		const readWith = (isDoubted: boolean) =>
			readKnown(turn, [...asked], (collection) => lists.read(turn, collection, isDoubted));

		const { known, isRemembered } = await readWith(false);
		const checked = documents.map((document) => check(document, known));
		const isDoubted = checked.some(
			({ refusal, totals }, at) =>
				refusal !== null || (totals === undefined && asked.has(documents[at] as XeroRecord)),
		);
		if (!isRemembered || !isDoubted) return checked;
		// A rate or a price may have been changed since.
		const { known: fresh } = await readWith(true);
		return documents.map((document) => check(document, fresh));
	};
}

const HAS_LINES: ReadonlySet<string> = new Set(['credit_note', 'bank_transaction']);

function asItIs(resolved: XeroRecord): CheckedTotals {
	const total = Number(resolved['Total'] ?? NaN);
	return {
		...{ resolved, warning: null, refusal: null },
		total: Number.isNaN(total) ? undefined : total,
	};
}

function saysTotal(document: XeroRecord): boolean {
	const { Total: total, TotalTax: tax, LineItems: lines } = document;
	return Array.isArray(lines) && ![total, tax].every((one) => one === undefined || one === null);
}

function wordsOf({ message, nextStep }: Warning): Warning {
	return { message, nextStep };
}

function shown(document: XeroRecord, totals: DocumentTotals): PushItemDetail['totals'] {
	const said = document['Total'];
	return {
		subTotal: printDecimal(totals.subTotal),
		totalTax: printDecimal(totals.totalTax),
		total: printDecimal(totals.total),
		externalTotal: said === undefined || said === null ? null : String(said),
	};
}

async function accountOf(
	{ scope }: PushTurn,
	resolveMappings: ResolveMappings,
): Promise<string | null> {
	const [found] = await resolveMappings(scope, [
		{ kind: 'account', key: ROUNDING_KEY, where: 'the line for rounding' },
	]);
	return found?.state === 'ok' && typeof found.value === 'string' ? found.value : null;
}

/** Of the rates, and of items and accounts where lines leave something to them. */
async function readKnown(
	turn: PushTurn,
	documents: readonly XeroRecord[],
	read: (collection: string) => Promise<RecentList>,
): Promise<{ readonly known: PricesAndRates; readonly isRemembered: boolean }> {
	const lines = documents.flatMap(linesOf);
	const isOpen = (line: XeroRecord) => !isSaid(line['TaxType']) || !isSaid(line['UnitAmount']);
	const none: RecentList = { records: [], isRemembered: false };
	const items = lines.some((line) => isSaid(line['ItemCode']) && isOpen(line))
		? await read('Items')
		: none;
	const accounts = lines.some((line) => !isSaid(line['TaxType'])) ? await read('Accounts') : none;
	const taxRates = await read('TaxRates');
	const rates = new Map(
		taxRates.records.map((rate) => {
			const components = rate['TaxComponents'];
			return [
				comparable(rate['TaxType']),
				rateOfComponents(Array.isArray(components) ? components : []),
			] as const;
		}),
	);
	const isPurchase = turn.entity.direction === 'purchases';
	const known: PricesAndRates = {
		rateOf: (taxType) => rates.get(comparable(taxType)),
		usualOf(line) {
			const item = items.records.find((one) => isSame(one['Code'], line['ItemCode']));
			const details = item?.[isPurchase ? 'PurchaseDetails' : 'SalesDetails'];
			const price = isObject(details) ? details : {};
			const code = isSaid(line['AccountCode']) ? line['AccountCode'] : price['AccountCode'];
			const account = accounts.records.find((one) => isSame(one['Code'], code));
			const taxType = [price['TaxType'], account?.['TaxType']].find(isSaid);
			return {
				...(taxType !== undefined && { taxType: String(taxType) }),
				...(price['UnitPrice'] !== undefined && { unitAmount: price['UnitPrice'] }),
			};
		},
	};
	return {
		known,
		isRemembered: [items, accounts, taxRates].some((list) => list.isRemembered),
	};
}

function linesOf(document: XeroRecord): readonly XeroRecord[] {
	const lines = document['LineItems'];
	return Array.isArray(lines) ? lines.filter(isObject) : [];
}

function isSaid(value: unknown): boolean {
	return value !== undefined && value !== null && String(value).trim() !== '';
}
