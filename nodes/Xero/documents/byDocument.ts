import type { INodeProperties } from 'n8n-workflow';

import { groupBy } from '../batching/groupBy';
import { groupByOrganisation } from '../batching/groupByOrganisation';
import { success, type Outcome } from '../errors/failure';
import { forItem } from '../run/forItem';
import { failed, type ItemOutcome, type OperationResult } from '../run/ItemOutcome';
import { itemsOnly } from '../run/itemsOnly';
import type { OperationRun } from '../run/OperationRun';
import { isLineOfDocument, nameLines, readDocument, type LinesDocument } from './linesDocument';

export interface DocumentPlan {
	/** The fields of the operation, as the editor has them. */
	readonly properties: readonly INodeProperties[];
	/** The field that items of one document have in common, however each of them spells it. */
	readonly keyField: string;
	readonly keyOf: (item: number) => Outcome<string>;
}

/**
 * Runs `work` over documents instead of items, where items are lines of documents (_Line Items From:
 * Input Items_): those of one organisation with the same key make one document, in order of first
 * appearance. The outcomes are then the documents', and `inputItems` says whose they are.
 *
 * Stops as {@link OperationRun.stopsAtFirstFailure} says: a document that cannot be put together
 * stops the run before anything is sent.
 */
export async function byDocument(
	run: OperationRun,
	plan: DocumentPlan,
	work: (documents: OperationRun) => Promise<OperationResult>,
): Promise<OperationResult> {
	const keys = await keysOf(run, plan);
	if (keys.every((key) => key.ok && key.value === undefined)) return await work(run);

	const documents = await documentsOf(run, plan, keys);
	const outcomes: ItemOutcome[] = documents.map(({ content }) =>
		content.ok ? { status: 'untried' } : failed(content.failure),
	);
	const good = documents.flatMap(({ content }, position) =>
		content.ok ? [{ ...content.value, position }] : [],
	);
	let effect: OperationResult['effect'] = 'write';
	if (!run.stopsAtFirstFailure || good.length === documents.length) {
		const asRun = asItems(run, good);
		const worked = await work(asRun);
		effect = worked.effect;
		worked.outcomes.forEach((outcome, index) => {
			const document = good[index];
			if (document === undefined) return;
			outcomes[document.position] = nameLines(outcome, document);
		});
	}
	return { effect, outcomes, inputItems: documents.map(({ items }) => items) };
}

type Key = Outcome<string | undefined>;

/** What names the document of each item; `undefined` for an item that is a document of its own. */
async function keysOf(run: OperationRun, { keyOf }: DocumentPlan): Promise<Key[]> {
	const keys: Key[] = [];
	for (let item = 0; item < run.itemCount; item++) {
		keys.push(
			await forItem<string | undefined>(() =>
				isLineOfDocument(run, item) ? keyOf(item) : success(undefined),
			),
		);
	}
	return keys;
}

interface Planned {
	readonly items: readonly number[];
	readonly content: Outcome<LinesDocument>;
}

async function documentsOf(
	run: OperationRun,
	{ properties, keyField }: DocumentPlan,
	keys: readonly Key[],
): Promise<Planned[]> {
	const shared = properties.filter(({ name }) => name !== keyField);
	const groups = groupBy([...keys.keys()], (item) => {
		const key = keys[item];
		return key?.ok === true && key.value !== undefined ? `key ${key.value}` : `item ${item}`;
	});
	const documents: Planned[] = [];
	for (const { members: items } of groups) {
		const key = keys[items[0] ?? 0];
		if (key?.ok === false) documents.push({ items, content: key });
		else if (key?.value !== undefined) documents.push(...(await ofOneKey(run, shared, items)));
		else documents.push({ items, content: success({ items, values: {}, itemsOfLines: [] }) });
	}
	return documents.sort((a, b) => (a.items[0] ?? 0) - (b.items[0] ?? 0));
}

/** An item whose organisation is not known fails the whole: half a document is no use. */
async function ofOneKey(
	run: OperationRun,
	properties: readonly INodeProperties[],
	items: readonly number[],
): Promise<Planned[]> {
	const placed: Array<{ readonly item: number; readonly tenantId: string }> = [];
	for (const item of items) {
		const tenantId = await forItem(() => run.organisationOf(item));
		if (!tenantId.ok) return [{ items, content: tenantId }];
		placed.push({ item, tenantId: tenantId.value });
	}
	const documents: Planned[] = [];
	for (const { members } of groupByOrganisation(placed)) {
		const ofTenant = members.map(({ item }) => item);
		documents.push({
			items: ofTenant,
			content: await readDocument(run, properties, ofTenant),
		});
	}
	return documents;
}

/** The run as if each document were one item. */
function asItems(run: OperationRun, documents: readonly LinesDocument[]): OperationRun {
	const firsts = itemsOnly(
		run,
		documents.map(({ items }) => items[0] ?? 0),
	);
	return {
		...firsts,
		parameter(name, index, fallback) {
			const values = documents[index]?.values ?? {};
			return name in values ? values[name] : firsts.parameter(name, index, fallback);
		},
		inputItems: (index) => (documents[index]?.items ?? []).flatMap(run.inputItems),
	};
}
