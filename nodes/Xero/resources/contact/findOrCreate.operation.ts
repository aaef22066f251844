import type { IDataObject } from 'n8n-workflow';

import { comparable } from '../../../../hub-server/protocol/xero';
import { refuseInput, success, type Outcome } from '../../errors/failure';
import { mappedWriteOptionsField } from '../../fields/writeOptions';
import { contactKind } from '../../kinds/contactKind';
import { buildNew, type NewRecord } from '../../operations/createOperation';
import { inMappedValues } from '../../operations/mappedValues';
import type { OperationModule } from '../../operations/OperationModule';
import { presenter } from '../../output/presenter';
import { VALUES_PER_REQUEST } from '../../requests/recordsHolding';
import type { RequestFacts } from '../../requests/RequestFacts';
import { writeRecords } from '../../requests/writeRecords';
import { forItem } from '../../run/forItem';
import { done, failed, type ItemOutcome, type OperationResult } from '../../run/ItemOutcome';
import { itemsOnly } from '../../run/itemsOnly';
import type { OperationRun } from '../../run/OperationRun';
import { contactFields, contactNameField, joinPaymentTerms } from './contactFields';
import { contactsHolding, type ContactKey } from './contactsHolding';

const { collection } = contactKind;

const fields: NewRecord = { own: [contactNameField], more: contactFields };

/** Xero's field, by the value of `findBy`. */
const KEYS: Readonly<Record<string, string>> = {
	accountNumber: 'AccountNumber',
	contactNumber: 'ContactNumber',
	emailAddress: 'EmailAddress',
	name: 'Name',
};

/** What a person calls it. */
const LABELS: Readonly<Record<string, string>> = {
	AccountNumber: 'account number',
	ContactNumber: 'contact number',
	EmailAddress: 'email',
	Name: 'name',
};

export const description: OperationModule['description'] = [
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
		description:
			'A contact that is found is left as it is. Several with the same value are refused and named.',
	},
	{
		displayName: 'Value to Find',
		name: 'findValue',
		type: 'string',
		default: '',
		description: 'The whole email or number, as Xero has it',
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
	mappedWriteOptionsField,
];

export const request: RequestFacts = {
	method: 'GET',
	path: collection.path,
	carries: `${VALUES_PER_REQUEST} values`,
	scope: collection.scope,
};

/**
 * Looks contacts up, many values in a request, and creates the missing ones in batches. Items that
 * look for the same missing contact get the one that the first of them creates.
 */
export const execute: OperationModule['execute'] = async (run) =>
	await inMappedValues(run, (one, item) => buildNew(one, item, fields, contactKind), findOrCreate);

async function findOrCreate(run: OperationRun): Promise<OperationResult> {
	const search = await searchAll(run);
	const firstOf = new Map<string, number>();
	search.forEach((sought, item) => {
		if (sought?.ok && sought.value.found === undefined && !firstOf.has(sought.value.key)) {
			firstOf.set(sought.value.key, item);
		}
	});
	const present = presenter(run, contactKind);
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
}

interface Sought {
	/** Organisation, field and value: the same for items that look for the same contact. */
	readonly key: string;
	readonly found?: IDataObject;
}

/** `undefined` for an item that is not looked up, because the run stops at another. */
type Search = ReadonlyArray<Outcome<Sought> | undefined>;

async function searchAll(run: OperationRun): Promise<Search> {
	const keys: Array<Outcome<ContactKey>> = [];
	for (let item = 0; item < run.itemCount; item++) {
		keys.push(await forItem(async () => await readKey(run, item)));
	}
	const good = keys.flatMap((key) => (key.ok ? [key.value] : []));
	if (run.stopsAtFirstFailure && good.length < keys.length) {
		return keys.map((key) => (key.ok ? undefined : key));
	}
	const holders = await contactsHolding(run, good);
	return keys.map((key, item) => {
		if (!key.ok) return key;
		const contacts = holders.get(item) ?? success([]);
		return contacts.ok ? theOnly(key.value, contacts.value) : contacts;
	});
}

function theOnly(
	{ tenantId, field, value }: ContactKey,
	[found, ...others]: readonly IDataObject[],
): Outcome<Sought> {
	if (others.length === 0) {
		return success({ key: [tenantId, field, comparable(value)].join(' '), found });
	}
	const named = [found, ...others]
		.slice(0, NAMED)
		.map((contact) => `${String(contact?.Name)} (${String(contact?.ContactID)})`);
	const more = others.length + 1 > NAMED ? ' and more' : '';
	return refuseInput(
		`${others.length + 1} contacts have the ${LABELS[field]} ${JSON.stringify(value)}: ${named.join(', ')}${more}`,
		'Find by Name or Contact Number, of which each contact has its own, or change all but one of them in Xero.',
	);
}

const NAMED = 5;

async function readKey(run: OperationRun, item: number): Promise<Outcome<ContactKey>> {
	const tenantId = await run.organisationOf(item);
	if (!tenantId.ok) return tenantId;
	const field = fieldOf(run, item);
	const parameter = field === 'Name' ? 'name' : 'findValue';
	const value = String(run.parameter(parameter, item, '') ?? '').trim();
	return value === ''
		? refuseInput(`${field === 'Name' ? 'Name' : 'Value to Find'} is not set`)
		: success({ item, tenantId: tenantId.value, field, value });
}

function fieldOf(run: OperationRun, item: number): string {
	return KEYS[String(run.parameter('findBy', item, 'name'))] ?? 'Name';
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
		present: presenter(only, contactKind),
		build(item) {
			const record = buildNew(only, item, fields, contactKind);
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
