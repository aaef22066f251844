import { XMLParser, XMLValidator } from 'fast-xml-parser';
import { isObject, type XeroRecord } from '../../../protocol/xero';
import type { WritePolicy } from '../../database/tables';

/** A call to Xero before it is sent. */
export interface JudgedCall {
	readonly method: string;
	/** With a leading slash, without the query. */
	readonly path: string;
	/** Names in lower case. */
	readonly headers: Readonly<Record<string, string | string[] | undefined>>;
	readonly body: Buffer | undefined;
}

/** What has a draft at Xero, and is made of one by a person. */
const DOCUMENTS: readonly string[] = ['Invoices', 'CreditNotes', 'Quotes', 'PurchaseOrders'];

const CONTACTS = 'Contacts';

/** A person approves either. */
const DRAFTS: readonly unknown[] = ['DRAFT', 'SUBMITTED'];

/** Of a document: they would pay it, or settle it with another. */
const SETTLES = ['PAYMENTS', 'PREPAYMENTS', 'OVERPAYMENTS', 'CREDITNOTES', 'ALLOCATIONS'];

/** Where money for a contact goes. */
const BANK_DETAILS = ['BANKACCOUNTDETAILS', 'BATCHPAYMENTS'];

/** @returns why the call may not be sent, in words; undefined where it may */
export function faultOfCall(policy: WritePolicy, call: JudgedCall): string | undefined {
	const { method, path, headers, body } = call;
	if (policy === 'all' || method === 'GET') return undefined;
	if (policy === 'none') return NOTHING;
	const [, api, version, collection = '', id, ...further] = path.split('/');
	const isKnown =
		`${api}/${version}` === 'api.xro/2.0' &&
		(collection === CONTACTS || DOCUMENTS.includes(collection)) &&
		(id === undefined || /^[0-9a-f-]{36}$/i.test(id)) &&
		further.length === 0 &&
		(method === 'POST' || method === 'PUT');
	if (!isKnown) return draftsOnly(`${method} ${path} makes none`);
	const elements = readElements(collection, headers, body);
	if (elements === undefined) {
		return draftsOnly(
			'this body cannot be read without doubt. Send plain JSON or XML in UTF-8, each member once and as Xero spells it',
		);
	}
	return faultOfElements(policy, collection, elements);
}

/**
 * @param collection as Xero calls it, such as `Invoices`
 * @returns why they may not be sent, in words; undefined where they may
 */
export function faultOfElements(
	policy: WritePolicy,
	collection: string,
	elements: readonly XeroRecord[],
): string | undefined {
	if (policy === 'all') return undefined;
	if (policy === 'none') return NOTHING;
	const isDocument = DOCUMENTS.includes(collection);
	if (!isDocument && collection !== CONTACTS) return draftsOnly(`${collection} have none`);
	for (const element of elements) {
		const fault = isDocument ? faultOfDocument(element) : faultOfContact(element);
		if (fault !== undefined) return draftsOnly(fault);
	}
	return undefined;
}

function faultOfDocument(element: XeroRecord): string | undefined {
	const members = membersOf(element);
	if (members === undefined) return 'a member is there twice, in another case';
	if (!DRAFTS.includes(element['Status'])) return faultOfStatus(element['Status']);
	const settles = SETTLES.find((name) => members.has(name));
	if (settles !== undefined) return `${settles} would settle the document`;
	const sent = members.get('SENTTOCONTACT');
	if (sent !== undefined && sent !== false && sent !== 'false') {
		return 'SentToContact would say that it was sent';
	}
	const contact = members.get('CONTACT');
	return isObject(contact) ? faultOfContact(contact) : undefined;
}

function faultOfStatus(status: unknown): string {
	return typeof status === 'string' && /^[A-Z]{1,20}$/.test(status)
		? `a document with Status ${status} is none: only DRAFT and SUBMITTED are`
		: 'each document must say Status DRAFT or SUBMITTED, spelled so';
}

/**
 * A draft needs its contact, so contacts are made and changed; but not where their money goes, which the next approved
 * bill would follow, and they are not archived.
 */
function faultOfContact(contact: XeroRecord): string | undefined {
	const members = membersOf(contact);
	if (members === undefined) return 'a member is there twice, in another case';
	const bank = BANK_DETAILS.find((name) => members.has(name));
	if (bank !== undefined) return 'bank details of a contact are for a person to change';
	const status = members.get('CONTACTSTATUS');
	return status === undefined || status === 'ACTIVE'
		? undefined
		: 'a contact is archived by a person';
}

/** By their names in upper case: who reads them may not mind the case. Undefined where two differ by it alone. */
function membersOf(element: XeroRecord): ReadonlyMap<string, unknown> | undefined {
	const members = new Map(
		Object.entries(element).map(([name, value]) => [name.toUpperCase(), value]),
	);
	return members.size === Object.keys(element).length ? members : undefined;
}

const WHAT_TO_DO =
	'An owner says in the hub’s portal, under Organisations, what automation may write.';

const NOTHING = `Automation may write nothing into this organisation. ${WHAT_TO_DO}`;

function draftsOnly(why: string): string {
	return `Automation may only write drafts into this organisation, and ${why}. A person approves drafts in Xero. ${WHAT_TO_DO}`;
}

/** Undefined where two programs could read it differently. */
function readElements(
	collection: string,
	headers: JudgedCall['headers'],
	body: Buffer | undefined,
): readonly XeroRecord[] | undefined {
	const encoding = headers['content-encoding'];
	if (body === undefined || (encoding !== undefined && encoding !== 'identity')) return undefined;
	const type = /^\s*([\w/+.-]+)\s*(?:;\s*charset="?utf-8"?\s*)?$/i
		.exec(String(headers['content-type'] ?? ''))?.[1]
		?.toLowerCase();
	let text: string;
	try {
		text = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(body);
	} catch {
		return undefined;
	}
	if (type === 'application/json') return readJson(text, collection);
	return type === 'application/xml' || type === 'text/xml' ? readXml(text, collection) : undefined;
}

function readJson(text: string, collection: string): readonly XeroRecord[] | undefined {
	let body: unknown;
	try {
		body = JSON.parse(text);
	} catch {
		return undefined;
	}
	// Of members with one name a parser keeps one, and another parser the other.
	const written = [...text.matchAll(/"(?:[^"\\]|\\.)*"(\s*:)?/g)].filter(([, colon]) => colon);
	if (!isObject(body) || written.length !== countMembers(body)) return undefined;
	const names = [collection, collection.slice(0, -1)].map((name) => name.toUpperCase());
	if (!Object.keys(body).some((name) => names.includes(name.toUpperCase()))) return [body];
	if (Object.keys(body).length > 1) return undefined;
	const list = [body[collection]].flat();
	return list.length > 0 && list.every(isObject) ? list : undefined;
}

function countMembers(value: unknown): number {
	if (Array.isArray(value)) return value.reduce((sum: number, one) => sum + countMembers(one), 0);
	if (!isObject(value)) return 0;
	return Object.values(value).reduce((sum: number, one) => sum + 1 + countMembers(one), 0);
}

/** As `preserveOrder` gives them: each has one name, and its children or its text. */
type XmlNode = Readonly<Record<string, unknown>>;

const xml = new XMLParser({
	...{ preserveOrder: true, parseTagValue: false, trimValues: false, processEntities: false },
});

/** Elements and text only: no attributes, comments, CDATA, entities of its own or instructions. */
function readXml(text: string, collection: string): readonly XeroRecord[] | undefined {
	const plain = text.replace(/^<\?xml version="1\.0"(?: encoding="utf-8")?\s*\?>/i, '');
	if (/<[!?]|<[^>]*[=:'"]/.test(plain) || XMLValidator.validate(plain) !== true) return undefined;
	const [root, another] = childrenOf(xml.parse(plain));
	if (root === undefined || another !== undefined) return undefined;
	const singular = collection.slice(0, -1);
	const listed = root.name === collection ? childrenOf(root.children) : [root];
	const records = listed.map(({ name, children }) =>
		name === singular ? recordOf(children) : undefined,
	);
	return records.length > 0 && records.every((one) => one !== undefined) ? records : undefined;
}

function recordOf(nodes: unknown): XeroRecord | undefined {
	const members = childrenOf(nodes);
	const record: Record<string, unknown> = {};
	for (const { name, children } of members) {
		const value = name === 'Contact' ? recordOf(children) : (textOf(children) ?? []);
		if (value === undefined || name in record) return undefined;
		record[name] = value;
	}
	return record;
}

function childrenOf(nodes: unknown): { readonly name: string; readonly children: unknown }[] {
	return ((nodes ?? []) as XmlNode[])
		.flatMap((node) => Object.entries(node))
		.filter(([name]) => name !== '#text' && name !== ':@')
		.map(([name, children]) => ({ name, children }));
}

function textOf(nodes: unknown): string | undefined {
	const list = (nodes ?? []) as XmlNode[];
	const isText = list.every((node) => typeof node['#text'] === 'string');
	return isText ? list.map((node) => String(node['#text'])).join('') : undefined;
}
