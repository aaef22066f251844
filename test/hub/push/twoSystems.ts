import { sameValue } from '../../../hub-server/src/links/sameValue';
import { eventually } from '../../support/eventually';
import type { Receiver } from '../../support/receiver';
import type { SandboxClient } from '../../support/sandboxClient';
import type { AnsweredItem, AnsweredPush, XeroAnswer } from './pushedOrganisation';

/** The hub between the two systems, whatever it runs in. */
export interface HubBetween {
	readonly tenantId: string;
	readonly sandbox: SandboxClient;
	call(
		method: string,
		path: string,
		body?: unknown,
	): Promise<{ readonly status: number; readonly body: ReturnType<typeof JSON.parse> }>;
	finished(id: string): Promise<AnsweredPush>;
	/** What Xero has, and people in Xero, whatever the hub says. */
	atXero(
		method: string,
		path: string,
		body?: unknown,
	): Promise<Record<string, readonly XeroAnswer[]>>;
	/** Ends the hub in the middle of what it does, and starts it again. */
	cut(): Promise<void>;
}

export type Policy = 'external' | 'xero' | 'latest' | 'ask';

export interface TwoSystemsWish {
	readonly policy: Policy;
	readonly edits: number;
	readonly seed: number;
	/** One edit in so many is followed by a cut. */
	readonly cutEvery: number;
	/** Of each kind. */
	readonly records: number;
}

/** One record of the CRM's with its record in Xero, and what was done to both. */
export interface Pair {
	readonly entity: Kind;
	readonly externalId: string;
	readonly xeroId: string;
	/** As the CRM holds it. */
	readonly fields: Fields;
	/** The CRM's time of change. */
	readonly modifiedAt: number;
	/** Changes by people, on each side. */
	readonly edits: { readonly crm: number; readonly xero: number };
	/** By the hub in Xero, and by the workflow in the CRM. */
	readonly writes: { readonly crm: number; readonly xero: number };
}

type Writable<Type> = { -readonly [Name in keyof Type]: Type[Name] };
type Fields = Readonly<Record<string, unknown>>;
type Kind = 'contact' | 'invoice' | 'item';
type Random = (below: number) => number;

/** Mulberry32. */
export function randomOf(seed: number): Random {
	let state = seed;
	return (below) => {
		state = (state + 0x6d2b79f5) | 0;
		let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
		mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
		return ((mixed ^ (mixed >>> 14)) >>> 0) % below;
	};
}

const LISTS: Readonly<Record<Kind, { readonly list: string; readonly id: string }>> = {
	contact: { list: 'Contacts', id: 'ContactID' },
	invoice: { list: 'Invoices', id: 'InvoiceID' },
	item: { list: 'Items', id: 'ItemID' },
};

/** What people change. Names of contacts, numbers and codes stay. */
const MEMBERS: Readonly<Record<Kind, readonly string[]>> = {
	contact: ['FirstName', 'LastName', 'EmailAddress', 'CompanyNumber', 'Phones'],
	invoice: ['Reference', 'DueDate', 'LineItems', 'LineItems'],
	item: ['Name', 'Description', 'SalesDetails'],
};

/** Xero's members of a line that the CRM has fields for. */
const LINE = ['Description', 'Quantity', 'UnitAmount', 'AccountCode'] as const;

/**
 * What the CRM makes of a value: capitals in e-mail addresses and in the words of lines, no more than eight small letters
 * of a text, one field for a phone number, two decimals of an item's price. Of lines it keeps four.
 */
function inTheCrm(member: string, value: unknown): unknown {
	switch (member) {
		case 'EmailAddress':
			return textOf(value).toUpperCase();
		case 'DueDate':
			return dayOf(value);
		case 'Phones':
			return [{ PhoneType: 'DEFAULT', PhoneNumber: phoneOf(value) }];
		case 'SalesDetails': {
			const { UnitPrice: price = 0 } = (value ?? {}) as { UnitPrice?: number };
			return { UnitPrice: Number(Number(price).toFixed(2)) };
		}
		case 'LineItems':
			return (value as readonly XeroAnswer[]).map((line) => ({
				...Object.fromEntries(LINE.map((name) => [name, line[name]])),
				Description: textOf(line['Description']).toUpperCase(),
			}));
		default:
			return textOf(value).toLowerCase().slice(0, 8);
	}
}

function textOf(value: unknown): string {
	return String(value ?? '').trim();
}

function phoneOf(phones: unknown): string {
	const slot = (phones as readonly XeroAnswer[] | undefined)?.find(
		({ PhoneType: type }) => type === 'DEFAULT',
	);
	return ['PhoneCountryCode', 'PhoneAreaCode', 'PhoneNumber']
		.map((part) => textOf(slot?.[part]))
		.filter((part) => part !== '')
		.join(' ');
}

function dayOf(date: unknown): string {
	const ms = /^\/Date\((-?\d+)/.exec(String(date))?.[1];
	return ms === undefined ? String(date).slice(0, 10) : isoDay(Number(ms));
}

function isoDay(ms: number): string {
	return new Date(ms).toISOString().slice(0, 10);
}

/** What a person types. */
function typed(random: Random, member: string, now: unknown): unknown {
	switch (member) {
		case 'EmailAddress':
			return `Mail${random(50)}@Example.com`;
		case 'DueDate':
			return isoDay(Date.UTC(2026, 11, 1 + random(28)));
		case 'Phones':
			return [{ PhoneType: 'DEFAULT', PhoneNumber: `04 555 ${1000 + random(9000)}` }];
		case 'SalesDetails':
			return { UnitPrice: (1 + random(999_999)) / 10_000 };
		case 'LineItems':
			return typedLines(random, now as readonly XeroAnswer[]);
		default:
			return ` ${['Ann', 'Berta  B', 'Charlotte-Louise', 'dee'][random(4)] ?? ''}${random(99)}`.trim();
	}
}

function typedLines(random: Random, lines: readonly XeroAnswer[]): readonly XeroAnswer[] {
	const line = {
		...{ Description: `Work ${random(99)}`, Quantity: 1 + random(3), AccountCode: '200' },
		UnitAmount: (1 + random(999_999)) / 10_000,
	};
	const at = random(lines.length);
	switch (random(4)) {
		case 0:
			return lines.length < 4 ? [...lines, line] : lines.slice(1);
		case 1:
			return lines.length > 1 ? lines.filter((_line, index) => index !== at) : [...lines, line];
		case 2:
			return lines.map((one, index) =>
				index === at ? { ...one, UnitAmount: line.UnitAmount } : one,
			);
		default:
			return lines.map((one, index) =>
				index === at ? { ...one, Description: line.Description } : one,
			);
	}
}

/**
 * A CRM and Xero, edited by people on both sides, and the workflow between them as `two-way.md` has it: the CRM's own
 * edits are pushed, what Xero has is written into the CRM, and the link is set with the fields that the CRM holds then. It runs
 * after most edits, and for each event of Xero's that the hub relays. Meanwhile answers are lost, and the hub is cut.
 */
export async function twoSystems(
	hub: HubBetween,
	receiver: Receiver,
	{ policy, edits, seed, cutEvery, records }: TwoSystemsWish,
) {
	const { tenantId, sandbox } = hub;
	const random = randomOf(seed);
	const pairs: Writable<Pair>[] = [];
	let told = 0;
	let cuts = 0;
	let disputes = 0;

	const wishOf = ({ entity, externalId, fields, modifiedAt }: Pair) => ({
		...{ tenantId, system: 'crm', entity, codes: 'xero', policy },
		records: [{ externalId, fields, modifiedAt: new Date(modifiedAt).toISOString() }],
	});
	const atXero = async ({ entity, xeroId }: Pair): Promise<XeroAnswer> => {
		const { list } = LISTS[entity];
		const answer = await hub.atXero('GET', `/${list}/${xeroId}?unitdp=4`);
		return answer[list]?.[0] as XeroAnswer;
	};
	const heldOf = (entity: Kind, record: XeroAnswer, fields: Fields): Fields => ({
		...fields,
		...Object.fromEntries(MEMBERS[entity].map((name) => [name, inTheCrm(name, record[name])])),
	});
	const isSame = (one: Fields, other: Fields) =>
		Object.keys(one).every((name) => sameValue(name, one[name], other[name]));

	async function began(pair: Pair): Promise<string> {
		const { status, body } = await hub.call('POST', '/pushes', wishOf(pair));
		if (status !== 202 && status !== 200)
			throw new Error(`seed ${seed}: ${status} ${JSON.stringify(body)}`);
		return body.id as string;
	}

	/** @returns how it ended, where a person was asked with that person's word */
	async function ended(id: string): Promise<AnsweredItem> {
		const [item] = (await hub.finished(id)).items;
		if (/^(conflict|warning)$/.test(item?.state ?? '')) disputes += 1;
		if (item?.state !== 'conflict' || policy !== 'ask') return item as AnsweredItem;
		const use = random(2) === 0 ? 'xero' : 'external';
		await hub.call('POST', `/pushes/${id}/items/${item.externalId}/resolve`, { use });
		return (await hub.finished(id)).items[0] as AnsweredItem;
	}

	function count(pair: Writable<Pair>, item: AnsweredItem): void {
		if (item.change !== null) pair.writes = { ...pair.writes, xero: pair.writes.xero + 1 };
		if (!/^(synced|unchanged|warning)$/.test(item.state)) {
			throw new Error(`seed ${seed}, ${pair.externalId}: ${JSON.stringify(item)}`);
		}
		pair.xeroId = String(item.xeroId);
	}

	async function bringTogether(pair: Writable<Pair>): Promise<void> {
		count(pair, await ended(await began(pair)));
		const record = await atXero(pair);
		const fields = heldOf(pair.entity, record, pair.fields);
		if (!isSame(fields, pair.fields)) pair.writes = { ...pair.writes, crm: pair.writes.crm + 1 };
		pair.fields = fields;
		const path = `/links/${tenantId}/crm/${pair.entity}/${pair.externalId}`;
		const { status, body } = await hub.call('PUT', path, { xeroId: pair.xeroId, fields });
		if (status !== 200) throw new Error(`seed ${seed}: ${path} ${status} ${JSON.stringify(body)}`);
	}

	/** Runs the workflow for what the hub has relayed since. */
	async function hearXero(): Promise<void> {
		while (told < receiver.received.length) {
			const event = JSON.parse(receiver.received[told]?.body ?? '') as {
				readonly resource: { readonly id: string };
			};
			told += 1;
			const pair = pairs.find(({ xeroId }) => xeroId === event.resource.id);
			if (pair !== undefined) await bringTogether(pair);
		}
	}

	async function edit(pair: Writable<Pair>): Promise<void> {
		const members = MEMBERS[pair.entity];
		const member = members[random(members.length)] ?? '';
		if (random(2) === 0) {
			const value = inTheCrm(member, typed(random, member, pair.fields[member]));
			pair.fields = { ...pair.fields, [member]: value };
			pair.modifiedAt = Date.now();
			pair.edits = { ...pair.edits, crm: pair.edits.crm + 1 };
			return;
		}
		const { list, id } = LISTS[pair.entity];
		const record = await atXero(pair);
		const value = typed(random, member, writableOf(member, record[member]));
		// Answers are lost on their way to the hub.
		await sandbox.setFaults(QUICK);
		const named = pair.entity === 'item' ? { Code: record['Code'] } : {};
		await hub.atXero('POST', `/${list}?unitdp=4`, {
			[list]: [{ [id]: pair.xeroId, ...named, [member]: value }],
		});
		pair.edits = { ...pair.edits, xero: pair.edits.xero + 1 };
	}

	async function trouble(pair: Writable<Pair>): Promise<void> {
		if (random(12) === 0) {
			const { list } = LISTS[pair.entity];
			const times = 1 + random(2);
			await sandbox.setFaults({
				...QUICK,
				dropAfterCommit: { path: `/${list}`, method: 'POST', times },
			});
		}
		if (random(cutEvery) > 0) return;
		cuts += 1;
		const id = await began(pair);
		await new Promise((wake) => setTimeout(wake, random(150)));
		await hub.cut();
		// What was cut off goes on by itself; it is waited for, so that its fields are not older than the next.
		count(pair, await ended(id));
	}

	await sandbox.setFaults(QUICK);
	for (const entity of ['contact', 'invoice', 'item'] as const) {
		for (let index = 0; index < records; index += 1) {
			const externalId = `${policy}-${entity}-${index}`;
			const pair: Writable<Pair> = {
				...{ entity, externalId, xeroId: '', modifiedAt: Date.now() },
				fields: firstFields(entity, externalId),
				edits: { crm: 0, xero: 0 },
				writes: { crm: 0, xero: 0 },
			};
			pairs.push(pair);
			await bringTogether(pair);
			pair.writes = { crm: 0, xero: 0 };
		}
	}
	for (let number = 0; number < edits; number += 1) {
		const pair = pairs[random(pairs.length)] as Writable<Pair>;
		await edit(pair);
		await trouble(pair);
		// Late enough that both sides are often changed by then.
		if (random(3) === 0) await bringTogether(pair);
		if (random(3) === 0) await hearXero();
	}
	await sandbox.setFaults(QUICK);
	for (const pair of pairs) await bringTogether(pair);
	await eventually('Xero to be heard', async () => {
		await hearXero();
		const records_ = await Promise.all(pairs.filter(({ entity }) => entity !== 'item').map(atXero));
		const heard = new Set(
			receiver.received.map(({ body }) => String(JSON.parse(body).record?.UpdatedDateUTC)),
		);
		return records_.every((record) => heard.has(String(record['UpdatedDateUTC']))) || undefined;
	});
	const before = pairs.map(({ writes }) => writes);
	for (const pair of pairs) await bringTogether(pair);

	const differences: unknown[] = [];
	for (const pair of pairs) {
		const record = await atXero(pair);
		const held = heldOf(pair.entity, record, pair.fields);
		for (const name of MEMBERS[pair.entity]) {
			if (sameValue(name, pair.fields[name], held[name])) continue;
			differences.push({ ...pair, name, crm: pair.fields[name], xero: held[name] });
		}
	}
	const made = await countAll();
	return {
		pairs: pairs as readonly Pair[],
		differences,
		/** Records of Xero's that are not one for each of the CRM's. */
		made,
		/** Once all was quiet, one more round. */
		lateWrites: pairs.filter(({ writes }, index) => writes !== before[index]),
		...{ cuts, told, disputes },
		lost: (await sandbox.requests()).filter(({ dropped }) => dropped).length,
	};

	async function countAll(): Promise<number> {
		const lists = await Promise.all(
			[
				`/Contacts?page=1&pageSize=1000&includeArchived=true`,
				`/Invoices?page=1&pageSize=1000`,
				'/Items',
			].map((path) => hub.atXero('GET', path)),
		);
		return lists
			.flatMap(({ Contacts = [], Invoices = [], Items = [] }) => [
				...Contacts,
				...Invoices,
				...Items,
			])
			.filter((record) =>
				[record['InvoiceNumber'], record['Code'], record['InvoiceID'] ? '' : record['Name']].some(
					(name) => String(name ?? '').startsWith(`${policy}-`),
				),
			).length;
	}
}

/** The sandbox's webhooks come again soon to a hub that was down. */
const QUICK = { webhooks: { retryMs: 500, coalesceMs: 20 } };

/** As a person in Xero sends lines back: with their ids, and without what Xero computes. */
function writableOf(member: string, value: unknown): unknown {
	if (member !== 'LineItems') return value;
	return (value as readonly XeroAnswer[]).map((line) =>
		Object.fromEntries(['LineItemID', ...LINE].map((name) => [name, line[name]])),
	);
}

function firstFields(entity: Kind, externalId: string): Fields {
	switch (entity) {
		case 'contact':
			return { Name: externalId, FirstName: 'first' };
		case 'item':
			return { Code: externalId, Name: 'thing', SalesDetails: { UnitPrice: 1.25 } };
		case 'invoice':
			return {
				...{ InvoiceNumber: externalId, Date: '2026-11-02', DueDate: '2026-12-02' },
				Contact: { Name: 'A customer of both systems' },
				LineItems: [{ Description: 'WORK', Quantity: 1, UnitAmount: 12.3456, AccountCode: '200' }],
			};
	}
}
