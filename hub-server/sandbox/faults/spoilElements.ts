import type { Reply } from '../http/Reply';

type Element = Readonly<Record<string, unknown>>;

/** The answer, its elements without the ids of their records: absent, `null` or zero. */
export function withoutIds(reply: Reply, as: 'absent' | 'null' | 'zero'): Reply {
	return spoil(reply, (elements, collection) =>
		elements.map((element) => {
			const idField = idFieldOf(element, collection);
			if (idField === undefined) return element;
			const others = Object.entries(element).filter(([name]) => name !== idField);
			const id = { absent: {}, null: { [idField]: null }, zero: { [idField]: ZERO_GUID } }[as];
			return { ...id, ...Object.fromEntries(others) };
		}),
	);
}

/** The answer without its last element. */
export function withoutLast(reply: Reply): Reply {
	return spoil(reply, (elements) => elements.slice(0, -1));
}

/** The answer, its elements as no schema has them. */
export function oddRecords(reply: Reply): Reply {
	return spoil(reply, (elements) =>
		elements.map((element, index) => ({
			...element,
			ReviewedBy: { Name: 'Nobody', At: null },
			...Object.fromEntries(
				STATUSES.filter((name) => name in element).map((name) => [name, 'REVIEWED']),
			),
			...('UpdatedDateUTC' in element && { UpdatedDateUTC: ODD_TIMES[index % ODD_TIMES.length] }),
		})),
	);
}

const STATUSES = ['Status', 'ContactStatus'];
const ODD_TIMES = [null, '/Date(0+0000)/', '/Date(-62135596800000+0000)/'];

/** The first half of the answer, under the same status. */
export function cutInHalf(reply: Reply): Reply {
	const body = Buffer.from(reply.body ?? '');
	return { ...reply, body: body.subarray(0, body.length / 2) };
}

const ZERO_GUID = '00000000-0000-0000-0000-000000000000';

/** `body` is the envelope around one array, or the record itself, as the Files API answers. */
function spoil(
	reply: Reply,
	change: (elements: readonly Element[], collection: string) => readonly Element[],
): Reply {
	if (reply.headers?.['content-type']?.startsWith('application/json') !== true) return reply;
	const body: unknown = JSON.parse(String(reply.body));
	if (typeof body !== 'object' || body === null || Array.isArray(body)) return reply;
	const members: [string, unknown][] = Object.entries(body);
	const [name, elements] = members.find(([, member]) => Array.isArray(member)) ?? [];
	const spoilt =
		name === undefined
			? change([body as Element], '')[0]
			: { ...body, [name]: change(elements as readonly Element[], name) };
	return { ...reply, body: JSON.stringify(spoilt ?? {}) };
}

/** Such as `InvoiceID` of an element of `Invoices`, `TrackingOptionID` of `Options`, `id` of `items`. */
function idFieldOf(element: Element, collection: string): string | undefined {
	const singular = collection.replace(/ies$/, 'y').replace(/s$/, '');
	return [`${singular}ID`, `Tracking${singular}ID`, 'id', 'Id'].find((name) => name in element);
}
