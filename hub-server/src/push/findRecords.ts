import {
	comparable,
	isNamed,
	isObject,
	isSame,
	XERO_IDS_PER_REQUEST,
	type XeroRecord,
} from '../../protocol/xero';
import { XeroRefusedError } from '../errors/xeroErrors';
import type { MappingScope } from '../mapping/Mapping';
import { isGuid } from '../records/isGuid';
import { dayOf } from './dayOf';
import type { PushCalls } from './pushCalls';
import type { PushedEntity } from './pushedEntities';
import { contactNumberMark, isSameMark, isUrlMark, urlMark } from './recordMark';

/** A record that is about to be made, unless Xero has it. */
export interface Sought {
	readonly position: number;
	readonly externalId: string;
	/** With Xero's codes and ids. */
	readonly fields: XeroRecord;
	/** As it is computed before it is sent; undefined where that is not known. */
	readonly total: number | undefined;
	/** When a create of it was sent whose answer is not known, epoch milliseconds; null: none was. */
	readonly sentAt: number | null;
}

export type Found =
	| { readonly kind: 'none' }
	/** As the list has it. */
	| { readonly kind: 'one'; readonly record: XeroRecord }
	/** A person has to say which it is. @property message in a sentence */
	| { readonly kind: 'doubtful'; readonly message: string };

export interface FindDeps {
	readonly calls: Pick<PushCalls, 'read'>;
	readonly entity: PushedEntity;
	readonly scope: MappingScope;
	readonly matchBy: readonly string[];
	/** Of the hub, for marks. */
	readonly publicUrl: string;
	/** By Xero's id in lower case, the external id of another record of the system that it is linked to. */
	linkedToOthers(
		records: readonly XeroRecord[],
		sought: readonly Sought[],
	): Promise<ReadonlyMap<string, string>>;
	/** Epoch milliseconds. */
	readonly now: number;
}

/**
 * Looks in Xero for records before they are made: by the mark that the hub gave them, by what names them, and by what
 * the push says. Every create goes through it first, because the hub's memory can be older than Xero's (a restored backup, a
 * lost answer, a new hub).
 *
 * @returns by position
 */
export async function findRecords(
	deps: FindDeps,
	sought: readonly Sought[],
): Promise<ReadonlyMap<number, Found>> {
	const found = new Map<number, Found>();
	if (sought.length === 0) return found;
	const finders = FINDERS[deps.entity.name];
	const candidates = await finders.read(deps, sought);
	const others = await deps.linkedToOthers(candidates, sought);
	const free = candidates.filter((record) => !others.has(idOf(deps, record)));
	const taken = new Set<string>();
	// Whoever was sent before has made what there is.
	const inTurn = [...sought].sort(
		(one, other) => Number(other.sentAt !== null) - Number(one.sentAt !== null),
	);
	for (const one of inTurn) {
		const left = free.filter((record) => !taken.has(idOf(deps, record)));
		const result = finders.choose(deps, one, left, inTurn);
		if (result.kind === 'one') taken.add(idOf(deps, result.record));
		const isLinked = result.kind === 'none' ? othersOf(deps, one, candidates, others) : undefined;
		found.set(one.position, isLinked ?? result);
	}
	return found;
}

/** What Xero has once only, of each kind that is named by it: a second record is refused. */
const UNIQUE: Partial<Readonly<Record<PushedEntity['name'], readonly string[]>>> = {
	contact: ['Name', 'ContactNumber'],
	item: ['Code'],
	account: ['Code'],
	tax_rate: ['Name'],
};

/** As where the other system has deleted a record and made it anew: only a person knows that it is the same. */
function othersOf(
	deps: FindDeps,
	{ fields }: Sought,
	candidates: readonly XeroRecord[],
	others: ReadonlyMap<string, string>,
): Found | undefined {
	const { entity, scope } = deps;
	for (const member of UNIQUE[entity.name] ?? []) {
		const other = candidates.find(
			(record) =>
				others.has(idOf(deps, record)) &&
				record['ContactStatus'] !== 'ARCHIVED' &&
				isSaid(fields[member]) &&
				isSame(record[member], fields[member]),
		);
		if (other === undefined) continue;
		const externalId = others.get(idOf(deps, other)) ?? '';
		return {
			kind: 'doubtful',
			message:
				`Xero's ${entity.name.replace('_', ' ')} with the ${member} "${String(fields[member])}" is linked to ` +
				`"${externalId}" of ${scope.system}. If that is gone, remove its link.`,
		};
	}
	return undefined;
}

interface Finder {
	/** Whatever may be one of them. */
	read(deps: FindDeps, sought: readonly Sought[]): Promise<readonly XeroRecord[]>;
	choose(
		deps: FindDeps,
		one: Sought,
		candidates: readonly XeroRecord[],
		all: readonly Sought[],
	): Found;
}

const NONE: Found = { kind: 'none' };

const wholeList: Finder = {
	async read({ calls, entity }) {
		const query = entity.name === 'item' ? '?unitdp=4' : '';
		return listOf(await calls.read(`/api.xro/2.0/${entity.xero.collection}${query}`), entity);
	},
	choose({ entity, matchBy }, { fields }, candidates) {
		const key = entity.naturalKey as string;
		const by = [...(isSaid(fields[key]) ? [key] : ['Name']), ...matchBy];
		return oneOf(candidates, by, fields);
	},
};

const contacts: Finder = {
	async read(deps, sought) {
		const numbers = sought.map((one) => contactNumberOf(deps, one));
		const found = await searchBy(deps, 'ContactNumber', numbers);
		for (const member of deps.matchBy.filter((name) => name !== 'ContactNumber')) {
			found.push(
				...(await searchBy(
					deps,
					member,
					sought.map(({ fields }) => fields[member]),
				)),
			);
		}
		return distinct(found, deps.entity);
	},
	choose(deps, one, candidates) {
		const number = contactNumberOf(deps, one);
		const marked = candidates.find((record) => isSame(record['ContactNumber'], number));
		if (marked !== undefined) return { kind: 'one', record: marked };
		const active = candidates.filter((record) => record['ContactStatus'] !== 'ARCHIVED');
		return oneOf(active, deps.matchBy, one.fields);
	},
};

const invoices: Finder = {
	async read(deps, sought) {
		const numbered = sought.filter(({ fields }) => isSaid(fields['InvoiceNumber']));
		const others = sought.filter(({ fields }) => !isSaid(fields['InvoiceNumber']));
		const listed: XeroRecord[] = [];
		const numbers = [...new Set(numbered.map(({ fields }) => String(fields['InvoiceNumber'])))];
		const plain = numbers.filter((number) => !number.includes(','));
		for (const some of inAddresses(plain.map(encodeURIComponent), ',')) {
			listed.push(...(await pageOf(deps, `InvoiceNumbers=${some.join(',')}`)));
		}
		listed.push(
			...(await searchBy(
				deps,
				'InvoiceNumber',
				numbers.filter((one) => one.includes(',')),
			)),
		);
		listed.push(...(await searchWhere(deps, clausesOf(deps, others))));
		return distinct(listed, deps.entity).filter(
			(record) => record['Type'] === deps.entity.fixed['Type'] && record['Status'] !== 'DELETED',
		);
	},
	choose(deps, one, candidates) {
		const marked = markedOf(deps, one, candidates);
		if (marked !== undefined) return marked;
		const { fields } = one;
		if (!isSaid(fields['InvoiceNumber'])) return NONE;
		const same = candidates.filter(
			(record) =>
				isSame(record['InvoiceNumber'], fields['InvoiceNumber']) && !isUrlMark(record['Url']),
		);
		if (deps.matchBy.includes('InvoiceNumber')) return single(same, 'InvoiceNumber', fields);
		const ofContact = same.filter((record) => isSameContact(record, fields));
		const alike = ofContact.filter((record) => isSameTotal(record, one));
		if (alike.length === 1) return { kind: 'one', record: alike[0] as XeroRecord };
		// Numbers of bills are their senders', and those of two senders may be the same.
		const rivals = deps.entity.name === 'bill' ? ofContact : same;
		return rivals.length === 0 ? NONE : doubt(deps, 'InvoiceNumber', fields);
	},
};

const creditNotes: Finder = {
	async read(deps, sought) {
		const isNumbered = ({ fields }: Sought) => isSaid(fields['CreditNoteNumber']);
		const numbers = sought.filter(isNumbered).map(({ fields }) => fields['CreditNoteNumber']);
		const listed = [
			...(await searchBy(deps, 'CreditNoteNumber', numbers)),
			...(await searchWhere(
				deps,
				clausesOf(
					deps,
					sought.filter((one) => !isNumbered(one)),
				),
			)),
		];
		// They have no mark by which one that was undone would be told from one that a person has voided.
		return distinct(listed, deps.entity).filter(
			({ Status: status }) => status !== 'DELETED' && status !== 'VOIDED',
		);
	},
	choose(deps, one, candidates, all) {
		const { fields } = one;
		if (isSaid(fields['CreditNoteNumber'])) {
			const same = candidates.filter((record) =>
				isSame(record['CreditNoteNumber'], fields['CreditNoteNumber']),
			);
			if (same.length === 0) return NONE;
			const alike = same.filter((record) => isSameContact(record, fields));
			const isMeant = deps.matchBy.includes('CreditNoteNumber') || alike.length > 0;
			return isMeant
				? single(alike.length > 0 ? alike : same, 'CreditNoteNumber', fields)
				: doubt(deps, 'CreditNoteNumber', fields);
		}
		const alike = candidates.filter(
			(record) =>
				isSameContact(record, fields) && isSameTotal(record, one) && isSameDay(record, fields),
		);
		return interchangeable(alike, one, all, ({ fields: other, total }) =>
			[contactOf(other), dayOf(other['Date']), total].join(' '),
		);
	},
};

const bankTransactions: Finder = {
	async read(deps, sought) {
		const listed = await searchWhere(deps, clausesOf(deps, sought));
		return distinct(listed, deps.entity).filter((record) => record['Status'] !== 'DELETED');
	},
	choose: (deps, one, candidates) => markedOf(deps, one, candidates) ?? NONE,
};

const payments: Finder = {
	async read({ calls, entity }, sought) {
		const found: XeroRecord[] = [];
		const invoiceIds = [
			...new Set(sought.flatMap(({ fields }) => documentId(fields, 'Invoice') ?? [])),
		];
		for (const ids of chunks(invoiceIds, XERO_IDS_PER_REQUEST)) {
			const path = `/api.xro/2.0/Invoices?IDs=${ids.join(',')}&page=1&pageSize=40&includeArchived=true`;
			for (const document of listOf(await calls.read(path), INVOICES)) {
				found.push(...paymentsOf(document, String(document['InvoiceID'])));
			}
		}
		for (const [member, collection] of CREDITS) {
			for (const id of new Set(sought.flatMap(({ fields }) => documentId(fields, member) ?? []))) {
				const answer = await calls.read(`/api.xro/2.0/${collection}/${id}`);
				const list = answer && 'body' in answer ? answer.body[collection] : [];
				for (const document of Array.isArray(list) ? list.filter(isObject) : []) {
					found.push(...paymentsOf(document, id));
				}
			}
		}
		return found.filter((record) => isNamed(record, entity.xero.idField));
	},
	choose(_deps, one, candidates, all) {
		const document = documentOf(one.fields);
		const alike = candidates.filter(
			(record) =>
				record['Status'] !== 'DELETED' &&
				isSame(record[OF_DOCUMENT], document) &&
				Number(record['Amount']) === Number(one.fields['Amount']) &&
				isSameDay(record, one.fields),
		);
		return interchangeable(alike, one, all, ({ fields }) =>
			[documentOf(fields), Number(fields['Amount']), dayOf(fields['Date'])].join(' '),
		);
	},
};

const FINDERS: Readonly<Record<PushedEntity['name'], Finder>> = {
	contact: contacts,
	invoice: invoices,
	bill: invoices,
	credit_note: creditNotes,
	bank_transaction: bankTransactions,
	payment: payments,
	item: wholeList,
	account: wholeList,
	tax_rate: wholeList,
};

/** The number by which a contact is found: its own, else the hub's mark. */
export function contactNumberOf(
	{ scope }: Pick<FindDeps, 'scope'>,
	{ fields, externalId }: Pick<Sought, 'fields' | 'externalId'>,
): string {
	const own = fields['ContactNumber'];
	return isSaid(own)
		? String(own).trim()
		: contactNumberMark({ ...scope, entity: 'contact', externalId });
}

/** Alike in everything that is compared, so that it does not matter which is whose: as many as there are. */
function interchangeable(
	alike: readonly XeroRecord[],
	one: Sought,
	all: readonly Sought[],
	keyOf: (sought: Sought) => string,
): Found {
	const [first] = alike;
	if (first === undefined) return NONE;
	const byReference = alike.filter(
		(record) =>
			isSaid(one.fields['Reference']) && isSame(record['Reference'], one.fields['Reference']),
	);
	if (byReference.length === 1) return { kind: 'one', record: byReference[0] as XeroRecord };
	const wanting = all.filter((other) => keyOf(other) === keyOf(one)).length;
	if (alike.length <= wanting) return { kind: 'one', record: first };
	return {
		kind: 'doubtful',
		message: `Xero has ${alike.length} that may be this one: same contact or document, day and amount.`,
	};
}

function markedOf(
	{ publicUrl, scope, entity }: FindDeps,
	one: Sought,
	candidates: readonly XeroRecord[],
): Found | undefined {
	const own = one.fields['Url'];
	const mark = urlMark(publicUrl, { ...scope, entity: entity.name, externalId: one.externalId });
	const url = isSaid(own) && !isUrlMark(own) ? String(own).trim() : mark;
	const marked = candidates.filter((record) =>
		url === mark
			? isSameMark(record['Url'], mark)
			: // A link of the other system's own may stand on several documents.
				record['Url'] === url && isSameTotal(record, one) && isSameDay(record, one.fields),
	);
	if (marked.length > 1) {
		return { kind: 'doubtful', message: `Xero has ${marked.length} records with the link ${url}.` };
	}
	return marked[0] && { kind: 'one', record: marked[0] };
}

function oneOf(
	candidates: readonly XeroRecord[],
	members: readonly string[],
	fields: XeroRecord,
): Found {
	for (const member of members) {
		if (!isSaid(fields[member])) continue;
		const same = candidates.filter((record) => isSame(record[member], fields[member]));
		if (same.length > 0) return single(same, member, fields);
	}
	return NONE;
}

function single(same: readonly XeroRecord[], member: string, fields: XeroRecord): Found {
	const [first] = same;
	if (first === undefined) return NONE;
	if (same.length === 1) return { kind: 'one', record: first };
	return {
		kind: 'doubtful',
		message: `Xero has ${same.length} records with the ${member} "${String(fields[member])}".`,
	};
}

function doubt({ entity }: FindDeps, member: string, fields: XeroRecord): Found {
	return {
		kind: 'doubtful',
		message:
			`Xero has another ${entity.name.replace('_', ' ')} with the ${member} "${String(fields[member])}", ` +
			'of another contact or total, that this hub has not made.',
	};
}

/** Equality of one member with any of the values. */
async function searchBy(
	deps: FindDeps,
	member: string,
	values: readonly unknown[],
): Promise<XeroRecord[]> {
	const distinctValues = new Map(
		values.filter(isSaid).map((value) => [comparable(value), String(value).trim()]),
	);
	// To Xero names that differ in repeated blanks are one (pinelab-vendure-plugins#505), and to its filters two.
	const spellings = [...distinctValues.values()].flatMap((value) => [
		...new Set([value, value.replace(/\s+/g, ' ')]),
	]);
	const clauses = spellings.map((value) => ({
		where: `${member}=="${value.replaceAll('"', '""')}"`,
		term: value,
	}));
	return searchWhere(deps, clauses);
}

interface Clause {
	readonly where: string;
	/** What `searchTerm` finds it by, where that is possible. */
	readonly term?: string;
}

/** Xero has optimised an OR of other things than ids for nobody; large books refuse it (HighVolumeException). */
const CLAUSES_A_CALL = 20;

async function searchWhere(deps: FindDeps, clauses: readonly Clause[]): Promise<XeroRecord[]> {
	const found: XeroRecord[] = [];
	// What a large organisation has refused once, it refuses again: no call more is spent on it.
	const refused = { any: false, one: false };
	for (const some of inAddresses(clauses, ' OR ', ({ where }) => encodeURIComponent(where))) {
		const text = some.map(({ where }) => where).join(' OR ');
		const listed =
			refused.any && some.length > 1
				? undefined
				: await pageOrRefusal(deps, `where=${encodeURIComponent(text)}`);
		if (Array.isArray(listed)) {
			found.push(...listed);
			continue;
		}
		refused.any = true;
		for (const clause of some) found.push(...(await searchOne(deps, clause, refused)));
	}
	return found;
}

async function searchOne(
	deps: FindDeps,
	{ where, term }: Clause,
	refused: { one: boolean },
): Promise<readonly XeroRecord[]> {
	const isSearchable = term !== undefined && deps.entity.name === 'contact';
	if (!isSearchable || !refused.one) {
		const listed = await pageOrRefusal(deps, `where=${encodeURIComponent(where)}`);
		if (Array.isArray(listed)) return listed;
		if (!isSearchable) throw new XeroRefusedError(listed.refused);
		refused.one = true;
	}
	return pageOf(deps, `searchTerm=${encodeURIComponent(term)}`);
}

const PAGE_SIZE = 1_000;

async function pageOf(deps: FindDeps, query: string): Promise<readonly XeroRecord[]> {
	const listed = await pageOrRefusal(deps, query);
	if (Array.isArray(listed)) return listed;
	throw new XeroRefusedError(listed.refused);
}

async function pageOrRefusal(
	{ calls, entity }: FindDeps,
	query: string,
): Promise<XeroRecord[] | { readonly refused: string }> {
	const more = [
		...(entity.name === 'contact' ? ['includeArchived=true'] : []),
		...(entity.hasPrices ? ['unitdp=4'] : []),
	];
	const found: XeroRecord[] = [];
	for (let page = 1; page <= MOST_PAGES; page += 1) {
		const parts = [query, `page=${page}`, `pageSize=${PAGE_SIZE}`, ...more];
		const answer = await calls.read(`/api.xro/2.0/${entity.xero.collection}?${parts.join('&')}`);
		if (answer !== undefined && 'refused' in answer) return answer;
		const listed = listOf(answer, entity);
		found.push(...listed);
		if (listed.length < PAGE_SIZE) return found;
	}
	throw new XeroRefusedError(
		`more than ${MOST_PAGES * PAGE_SIZE} records may be meant. Say more of them, such as their dates`,
	);
}

const MOST_PAGES = 5;

/** Where no mark can be searched for: what stands on the same day of the same contact. */
function clausesOf(deps: FindDeps, sought: readonly Sought[]): Clause[] {
	const clauses = sought.flatMap(({ fields, sentAt }) => {
		const contact = contactOf(fields);
		if (contact === undefined) return [];
		const day = dayOf(fields['Date']);
		// Xero dates what has none by its own day.
		const from = sentAt === null ? deps.now - UNDATED_MS : Math.min(deps.now, sentAt) - ZONES_MS;
		const since = new Date(from).toISOString().slice(0, 10);
		const when =
			day === undefined ? `Date>=DateTime(${inDate(since)})` : `Date==DateTime(${inDate(day)})`;
		return `(${contact} AND ${when})`;
	});
	return [...new Set(clauses)].map((where) => ({ where }));
}

/** A backup that is older than a month is no memory of the books any more. */
const UNDATED_MS = 31 * 86_400_000;

/** Xero's day may be tomorrow here or yesterday. */
const ZONES_MS = 3 * 86_400_000;

function inDate(day: string): string {
	return day.split('-').map(Number).join(',');
}

function contactOf(fields: XeroRecord): string | undefined {
	const contact = fields['Contact'];
	if (!isObject(contact)) return undefined;
	const { ContactID: id, ContactNumber: number, Name: name } = contact;
	if (isSaid(id) && isGuid(String(id))) return `Contact.ContactID==Guid("${String(id)}")`;
	if (isSaid(number)) return `Contact.ContactNumber=="${String(number).replaceAll('"', '""')}"`;
	return isSaid(name) ? `Contact.Name=="${String(name).replaceAll('"', '""')}"` : undefined;
}

function isSameContact(record: XeroRecord, fields: XeroRecord): boolean {
	const [held, named] = [record['Contact'], fields['Contact']];
	if (!isObject(held) || !isObject(named)) return false;
	const member = ['ContactID', 'ContactNumber', 'Name'].find((name) => isSaid(named[name]));
	return member !== undefined && isSame(held[member], named[member]);
}

function isSameTotal(record: XeroRecord, { total }: Sought): boolean {
	return total === undefined || Math.abs(Number(record['Total']) - total) < 0.005;
}

function isSameDay(record: XeroRecord, fields: XeroRecord): boolean {
	const day = dayOf(fields['Date']);
	return day === undefined || dayOf(record['Date']) === day;
}

const INVOICES = { xero: { collection: 'Invoices', idField: 'InvoiceID' } } as const;

const CREDITS = [
	...([
		['CreditNote', 'CreditNotes'],
		['Prepayment', 'Prepayments'],
		['Overpayment', 'Overpayments'],
	] as const),
];

/** Put beside a payment that was read with its document. */
const OF_DOCUMENT = 'Document';

function paymentsOf(document: XeroRecord, id: string): XeroRecord[] {
	const list = document['Payments'];
	return (Array.isArray(list) ? list.filter(isObject) : []).map((payment) => ({
		...payment,
		[OF_DOCUMENT]: id,
	}));
}

function documentId(fields: XeroRecord, member: string): string | undefined {
	const document = fields[member];
	const id = isObject(document) ? document[`${member}ID`] : undefined;
	return typeof id === 'string' && isGuid(id) ? id : undefined;
}

function documentOf(fields: XeroRecord): string | undefined {
	return ['Invoice', ...CREDITS.map(([member]) => member)]
		.map((member) => documentId(fields, member))
		.find((id) => id !== undefined);
}

function listOf(
	answer: { readonly body: XeroRecord } | { readonly refused: string } | undefined,
	{ xero }: { readonly xero: { readonly collection: string; readonly idField: string } },
): XeroRecord[] {
	if (answer === undefined) return [];
	if ('refused' in answer) throw new XeroRefusedError(answer.refused);
	const list = answer.body[xero.collection];
	if (!Array.isArray(list)) {
		throw new XeroRefusedError(`no list of ${xero.collection} in its answer`);
	}
	return list.filter((one): one is XeroRecord => isObject(one) && isNamed(one, xero.idField));
}

function distinct(records: readonly XeroRecord[], { xero }: PushedEntity): XeroRecord[] {
	return [...new Map(records.map((one) => [comparable(one[xero.idField]), one])).values()];
}

function idOf({ entity }: FindDeps, record: XeroRecord): string {
	return comparable(record[entity.xero.idField]);
}

function isSaid(value: unknown): boolean {
	return value !== null && value !== undefined && String(value).trim() !== '';
}

/** Longer addresses are a 404 (Xero-OpenAPI#534); the rest of it fits beside. */
const MAX_LIST_CHARACTERS = 1_700;

function inAddresses<Part>(
	parts: readonly Part[],
	separator: string,
	textOf: (part: Part) => string = String,
): Part[][] {
	const batches: Part[][] = [];
	let length = Infinity;
	for (const part of parts) {
		const more = textOf(part).length + encodeURIComponent(separator).length;
		const batch = batches.at(-1);
		const isFull =
			batch === undefined ||
			length + more > MAX_LIST_CHARACTERS ||
			(separator !== ',' && batch.length >= CLAUSES_A_CALL);
		if (isFull) {
			batches.push([part]);
			length = more;
		} else {
			batch.push(part);
			length += more;
		}
	}
	return batches;
}

function chunks<Part>(parts: readonly Part[], size: number): Part[][] {
	const found: Part[][] = [];
	for (let start = 0; start < parts.length; start += size)
		found.push(parts.slice(start, start + size));
	return found;
}
