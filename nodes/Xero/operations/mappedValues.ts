import type { ResolvedValueView, WantedValueBody } from '../../../hub-server/protocol';
import {
	isObject,
	withCodes,
	type CodeValue,
	type CodedKind,
} from '../../../hub-server/protocol/xero';
import { groupBy } from '../batching/groupBy';
import { refuseInput, success, type Failure, type Outcome } from '../errors/failure';
import type { Members } from '../fields/Field';
import { mapsValues, mappingSystem } from '../fields/mappingOptions';
import { needHub, type CapableHub, type HubNeed } from '../requests/askHub';
import { forItem } from '../run/forItem';
import { failed, type ItemOutcome, type OperationResult } from '../run/ItemOutcome';
import { itemsOnly } from '../run/itemsOnly';
import type { OperationRun } from '../run/OperationRun';
import { placeOf } from '../values/placeOf';

const NEED: HubNeed = {
	feature: 'mappings',
	what: 'Map Values With the Hub',
	because: 'Mappings are kept by the hub, which no OAuth2 credential reaches.',
};

/** What the hub looks up at a time. */
const VALUES_A_CALL = 500;

/** How the members of an item's record are taken: with Xero's values in the place of the other system's. */
export type TakeMembers = (members: Members, kind: CodedKind) => Outcome<Members>;

/**
 * Runs `work` with the values of all items mapped that want it (_Map Values With the Hub_): they are looked up once
 * for all items, before anything is asked of Xero. An item with a value that is not mapped fails, and names it.
 *
 * @param build what an item asks for, through {@link takeMembers}
 */
export async function inMappedValues(
	run: OperationRun,
	build: (run: OperationRun, item: number) => Outcome<unknown> | Promise<Outcome<unknown>>,
	work: (run: OperationRun) => Promise<OperationResult>,
): Promise<OperationResult> {
	const items = [...Array(run.itemCount).keys()].filter((item) => mapsValues(run, item));
	if (items.length === 0) return await work(run);

	const hub = await needHub(run, NEED);
	if (!hub.ok) {
		return await workOnOthers(run, new Map(items.map((item) => [item, hub.failure])), work);
	}
	const wanting = await wantedOf(run, items, build);
	const mappings = await lookUp(run, hub.value, wanting);
	const takes = new Map<number, TakeMembers>();
	const failures = new Map<number, Failure>();
	for (const one of wanting) {
		const known = mappings.get(scopeOf(one.tenantId, one.system)) ?? success(new Map());
		const refusal = refusalOf(hub.value, one, known);
		if (refusal !== undefined) failures.set(one.item, refusal);
		else takes.set(placeIn(run, one.item), takeBy(known));
	}
	return await workOnOthers({ ...run, takeMembers: (item) => takes.get(item) }, failures, work);
}

/** The members of an item's record as they go to Xero. */
export function takeMembers(
	run: OperationRun,
	item: number,
	members: Members,
	kind: CodedKind = {},
): Outcome<Members> {
	const take = run.takeMembers?.(placeIn(run, item));
	if (take !== undefined) return take(members, kind);
	if (!isObject(members.Contact) || !('externalId' in members.Contact)) return success(members);
	return refuseInput(
		'Contact is given by its ID in another system, which only the hub knows',
		'Add the option Map Values With the Hub, or choose the contact by its name or its ID in Xero.',
	);
}

/** A run over documents, or over some items, numbers them anew; the first input item stays the same. */
function placeIn(run: OperationRun, item: number): number {
	return run.inputItems(item)[0] ?? item;
}

interface Wanting {
	readonly item: number;
	readonly tenantId: string;
	readonly system: string;
	readonly values: readonly WantedValueBody[];
}

/** What cannot be built is refused by the operation itself. */
async function wantedOf(
	run: OperationRun,
	items: readonly number[],
	build: (run: OperationRun, item: number) => Outcome<unknown> | Promise<Outcome<unknown>>,
): Promise<Wanting[]> {
	const wanting: Wanting[] = [];
	for (const item of items) {
		const values: WantedValueBody[] = [];
		const noting: OperationRun = {
			...run,
			takeMembers: () => (members, kind) => {
				mapMembers(members, kind, (value) => void values.push(value));
				return success(members);
			},
		};
		const tenantId = await forItem(async () => {
			const built = await build(noting, item);
			return built.ok ? await run.organisationOf(item) : built;
		});
		if (!tenantId.ok) continue;
		wanting.push({ item, tenantId: tenantId.value, system: mappingSystem(run, item), values });
	}
	return wanting;
}

/** By value; or why nothing is known. */
type Known = Outcome<ReadonlyMap<string, ResolvedValueView>>;

const scopeOf = (tenantId: string, system: string) => JSON.stringify([tenantId, system]);

const nameOf = ({ kind, key, direction }: WantedValueBody) =>
	JSON.stringify([kind, key, direction]);

async function lookUp(
	run: OperationRun,
	{ ask }: CapableHub,
	wanting: readonly Wanting[],
): Promise<ReadonlyMap<string, Known>> {
	const mappings = new Map<string, Known>();
	for (const { key, members } of groupBy(wanting, (one) => scopeOf(one.tenantId, one.system))) {
		const values = new Map(
			members.flatMap(({ item, values: own }) =>
				own.map(
					(value) => [nameOf(value), { ...value, where: whereOf(run, item, value) }] as const,
				),
			),
		);
		const [first] = members;
		if (first !== undefined) mappings.set(key, await resolve(ask, first, [...values.entries()]));
	}
	return mappings;
}

/** For who maps it: the hub shows it beside the value. */
function whereOf(run: OperationRun, item: number, { where }: WantedValueBody): string {
	const place = [run.node.name, placeOf(run.inputItems(item)), where].filter(Boolean).join(', ');
	return place.slice(0, LONGEST_PLACE);
}

/** What the hub takes. */
const LONGEST_PLACE = 500;

async function resolve(
	ask: CapableHub['ask'],
	{ tenantId, system }: Wanting,
	wanted: ReadonlyArray<readonly [string, WantedValueBody]>,
): Promise<Known> {
	const known = new Map<string, ResolvedValueView>();
	for (let start = 0; start < wanted.length; start += VALUES_A_CALL) {
		const part = wanted.slice(start, start + VALUES_A_CALL);
		const answer = await ask({
			method: 'POST',
			path: `mappings/${encodeURIComponent(tenantId)}/resolve`,
			body: JSON.stringify({ system, values: part.map(([, value]) => value) }),
		});
		if (!answer.ok) return answer;
		const { values } = answer.value.body as { values?: readonly ResolvedValueView[] };
		if (!Array.isArray(values) || values.length !== part.length) {
			return refuseInput(
				"The hub's answer does not say what became of each value",
				'Run the node again; nothing was sent to Xero.',
			);
		}
		part.forEach(([name], position) => known.set(name, values[position] as ResolvedValueView));
	}
	return success(known);
}

/** Xero's values in the place of what `replace` knows. */
function mapMembers(
	members: Members,
	kind: CodedKind,
	replace: (value: WantedValueBody) => CodeValue | undefined | void,
): Members {
	const mapped = withCodes(members, kind, ({ kind: of, key, direction, place }) =>
		toUndefined(
			replace({
				kind: of,
				key,
				...(direction === undefined ? {} : { direction }),
				...(place === '' ? {} : { where: place }),
			}),
		),
	);
	const { Contact: contact } = mapped;
	if (!isObject(contact) || !('externalId' in contact)) return mapped;
	const id = replace({ kind: 'contact', key: String(contact.externalId) });
	return typeof id === 'string' ? { ...mapped, Contact: { ContactID: id } } : mapped;
}

function takeBy(known: Known): TakeMembers {
	return (members, kind) => {
		if (!known.ok) return known;
		return success(mapMembers(members, kind, (value) => known.value.get(nameOf(value))?.value));
	};
}

/** Names exactly what cannot be mapped, and where it stands. */
function refusalOf(
	{ address, slug }: CapableHub,
	{ tenantId, system, values }: Wanting,
	known: Known,
): Failure | undefined {
	if (!known.ok) return known.failure;
	const open = groupBy(values, nameOf).flatMap(({ key, members }) => {
		const answer = known.value.get(key);
		const [value] = members;
		return value === undefined || (answer?.state === 'ok' && answer.value !== undefined)
			? []
			: [sentenceOf(value, members, answer)];
	});
	if (open.length === 0) return undefined;
	return {
		kind: 'input',
		message: `Not mapped${system === ANY ? '' : ` for ${system}`}: ${open.join('; ')}`,
		description: `Map them on the hub's Mapping page (${address}/w/${slug}/mapping?organisation=${tenantId}), then run these items again. Nothing of them was sent to Xero.`,
	};
}

const ANY = '*';

const LABELS: Readonly<Record<WantedValueBody['kind'], string>> = {
	account: 'account',
	contact: 'contact',
	currency: 'currency',
	item: 'item',
	payment_account: 'payment account',
	tax_rate: 'tax rate',
	tracking: 'tracking',
};

function sentenceOf(
	{ kind, key }: WantedValueBody,
	all: readonly WantedValueBody[],
	answer: ResolvedValueView | undefined,
): string {
	const places = [...new Set(all.flatMap(({ where }) => where ?? []))];
	const where = places.length === 0 ? '' : ` (${places.join(', ')})`;
	const why =
		answer?.state === 'broken' ? `: ${answer.reason ?? 'Xero does not take it any more'}` : '';
	return `${LABELS[kind]} ${JSON.stringify(key)}${where}${why}`;
}

/** Runs `work` without the items that failed; where the run stops at its first failure, not at all. */
async function workOnOthers(
	run: OperationRun,
	failures: ReadonlyMap<number, Failure>,
	work: (run: OperationRun) => Promise<OperationResult>,
): Promise<OperationResult> {
	if (failures.size === 0) return await work(run);
	const outcomes: ItemOutcome[] = Array.from({ length: run.itemCount }, (_, item) => {
		const failure = failures.get(item);
		return failure === undefined ? { status: 'untried' } : failed(failure);
	});
	const others = [...outcomes.keys()].filter((item) => !failures.has(item));
	if (run.stopsAtFirstFailure || others.length === 0) return { effect: 'write', outcomes };
	const { effect, outcomes: worked } = await work(itemsOnly(run, others));
	others.forEach((item, index) => {
		const outcome = worked[index];
		if (outcome !== undefined) outcomes[item] = outcome;
	});
	return { effect, outcomes };
}

function toUndefined<T>(value: T | undefined | void): T | undefined {
	return value === undefined ? undefined : (value as T);
}
