import type { IDataObject } from 'n8n-workflow';

import { buildNew } from '../common/createOperation';
import { presentWritten } from '../common/presentWritten';
import { done, failed, type ItemOutcome, type OperationResult } from '../../batching/ItemOutcome';
import { refuseInput, success, type Outcome } from '../../errors/failure';
import { equalTo } from '../../records/whereClause';
import { explainFor } from '../shared/explainFor';
import { forItem } from '../shared/forItem';
import { itemsOnly } from '../shared/itemsOnly';
import type { OperationModule } from '../shared/OperationModule';
import type { OperationRun } from '../shared/OperationRun';
import { readCollection } from '../shared/readCollection';
import { listRequest } from '../shared/RequestFacts';
import { showFor } from '../shared/showFor';
import { writeOptionsField } from '../shared/writeOptions';
import { writeRecords } from '../shared/writeRecords';
import { contactFields, contactNameField, joinPaymentTerms } from './contactFields';
import { contactKind } from './contactKind';

const { collection } = contactKind;

/** Xero's field, by the value of `findBy`. */
const KEYS: Readonly<Record<string, string>> = {
	accountNumber: 'AccountNumber',
	contactNumber: 'ContactNumber',
	emailAddress: 'EmailAddress',
	name: 'Name',
};

export const description = showFor(
	'contact',
	['findOrCreate'],
	[
		{
			displayName: 'Find By',
			name: 'findBy',
			type: 'options',
			options: [
				{ name: 'Account Number', value: 'accountNumber' },
				{ name: 'Contact Number', value: 'contactNumber' },
				{ name: 'Email', value: 'emailAddress' },
				{ name: 'Name', value: 'name' },
			],
			default: 'name',
			description: 'A contact that is found is left as it is',
		},
		{
			displayName: 'Value to Find',
			name: 'findValue',
			type: 'string',
			default: '',
			displayOptions: { hide: { findBy: ['name'] } },
		},
		contactNameField.property,
		{
			displayName: 'Additional Fields',
			name: 'additionalFields',
			type: 'collection',
			default: {},
			placeholder: 'Add Field',
			description: 'Of the contact that is created where none is found',
			options: contactFields.map(({ property }) => property),
		},
		writeOptionsField,
	],
);

export const request = listRequest(collection);

/**
 * Looks each contact up, once for items that look for the same one, and creates the missing ones in
 * batches. Items that look for the same missing contact get the one that the first of them creates.
 */
export const execute: OperationModule['execute'] = async (run) => {
	const search = await searchAll(run);
	const firstOf = new Map<string, number>();
	search.forEach((sought, item) => {
		if (sought?.ok && sought.value.found === undefined && !firstOf.has(sought.value.key)) {
			firstOf.set(sought.value.key, item);
		}
	});
	const present = presentWritten(run, contactKind);
	const created = await createMissing(run, search, firstOf);
	const outcomes = search.map((sought, item): ItemOutcome => {
		if (sought === undefined) return { status: 'untried' };
		if (!sought.ok) return failed(sought.failure);
		const { found, key } = sought.value;
		if (found !== undefined) return done({ ...present(found, item), created: false });
		const first = firstOf.get(key) ?? item;
		const outcome = created.outcomes[first] ?? { status: 'untried' };
		if (outcome.status !== 'done') return outcome;
		return done(...outcome.records.map((record) => ({ ...record, created: first === item })));
	});
	return { effect: 'write', outcomes };
};

interface Sought {
	/** Organisation, field and value, without regard to case, as Xero compares. */
	readonly key: string;
	readonly found?: IDataObject;
}

type Search = ReadonlyArray<Outcome<Sought> | undefined>;

async function searchAll(run: OperationRun): Promise<Search> {
	const known = new Map<string, Promise<Outcome<IDataObject | undefined>>>();
	const search: Array<Outcome<Sought> | undefined> = [];
	for (let item = 0; item < run.itemCount; item++) {
		const sought = await forItem<Sought>(async () => {
			const tenantId = await run.organisationOf(item);
			if (!tenantId.ok) return tenantId;
			const condition = readCondition(run, item);
			if (!condition.ok) return condition;
			const key = `${tenantId.value} ${condition.value.toLowerCase()}`;
			const found = known.get(key) ?? findOne(run, tenantId.value, condition.value);
			known.set(key, found);
			const contact = await found;
			return contact.ok ? success({ key, found: contact.value }) : contact;
		});
		search.push(sought);
		if (!sought.ok && run.stopsAtFirstFailure) break;
	}
	return Array.from({ length: run.itemCount }, (_, item) => search[item]);
}

function readCondition(run: OperationRun, item: number): Outcome<string> {
	const field = fieldOf(run, item);
	const parameter = field === 'Name' ? 'name' : 'findValue';
	const value = String(run.parameter(parameter, item, '') ?? '').trim();
	return value === ''
		? refuseInput(`${field === 'Name' ? 'Name' : 'Value to Find'} is not set`)
		: success(equalTo(field, value));
}

function fieldOf(run: OperationRun, item: number): string {
	return KEYS[String(run.parameter('findBy', item, 'name'))] ?? 'Name';
}

async function findOne(
	run: OperationRun,
	tenantId: string,
	where: string,
): Promise<Outcome<IDataObject | undefined>> {
	const reply = await run.transport.send({
		method: 'GET',
		path: collection.path,
		tenantId,
		query: { where, page: '1', pageSize: '1', order: 'ContactID ASC' },
	});
	const page = readCollection(reply, collection.name);
	if (page !== undefined) return success(page.records[0]);
	const { scope } = collection;
	return {
		ok: false,
		failure: explainFor(run, reply, { tenantId, scope, effect: 'read' }).failure,
	};
}

/** Only the first item of each missing contact creates it; the outcomes of all others stay untried. */
async function createMissing(
	run: OperationRun,
	search: Search,
	firstOf: ReadonlyMap<string, number>,
): Promise<OperationResult> {
	const creators = [...firstOf.values()];
	const stopped = run.stopsAtFirstFailure && search.some((sought) => sought?.ok === false);
	if (creators.length === 0 || stopped) return { effect: 'write', outcomes: [] };
	const only = itemsOnly(run, creators);
	const { outcomes } = await writeRecords(only, {
		collection,
		method: 'PUT',
		present: presentWritten(only, contactKind),
		build(item) {
			const record = buildNew(only, item, { own: [contactNameField], more: contactFields });
			if (!record.ok) return record;
			const field = fieldOf(only, item);
			const key =
				field === 'Name' ? {} : { [field]: String(only.parameter('findValue', item, '')).trim() };
			return success({ ...joinPaymentTerms(record.value), ...key });
		},
	});
	const spread: ItemOutcome[] = Array.from({ length: run.itemCount }, () => ({
		status: 'untried' as const,
	}));
	outcomes.forEach((outcome, index) => (spread[creators[index] as number] = outcome));
	return { effect: 'write', outcomes: spread };
}
