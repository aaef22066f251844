import type { ApiCall } from '../../resource/ApiResource';
import type { TrackingCategory } from '../../world/Books';
import { randomGuid } from '../../world/random';
import { isObject, type Element } from '../../writing/readElements';
import { nameKey } from '../../world/nameKey';

export type TrackingOption = TrackingCategory['options'][number];

export type Saved<T> =
	| { readonly ok: true; readonly value: T }
	| { readonly ok: false; readonly messages: readonly string[] };

/** Xero's limits: categories that are active, and categories in all. */
const MOST_ACTIVE = 2;
const MOST = 4;
const LONGEST_NAME = 100;

/** Creates a tracking category, or changes the known one that `before` is. */
export function saveCategory(
	call: ApiCall,
	element: Element,
	before: TrackingCategory | undefined,
): Saved<TrackingCategory> {
	const others = [...call.books.trackingCategories.values()].filter(({ id }) => id !== before?.id);
	const named = readNamed(element, before, others);
	if (!named.ok) return named;
	if (others.length >= MOST && before === undefined) {
		return refuse(`An organisation can have at most ${MOST} tracking categories.`);
	}
	const active = others.filter(({ status }) => status === 'ACTIVE').length;
	if (named.value.status === 'ACTIVE' && active >= MOST_ACTIVE) {
		return refuse(`An organisation can have at most ${MOST_ACTIVE} active tracking categories.`);
	}

	let options: readonly TrackingOption[] = before?.options ?? [];
	const sent = before === undefined ? element['Options'] : undefined;
	for (const entry of Array.isArray(sent) ? sent.filter(isObject) : []) {
		const option = readOption(call, entry, undefined, options);
		if (!option.ok) return option;
		options = [...options, option.value];
	}
	const category: TrackingCategory = {
		id: before?.id ?? randomGuid(call.context.random),
		updatedMs: call.nowMs,
		...named.value,
		options,
	};
	call.transaction.put(call.books.trackingCategories, category);
	return { ok: true, value: category };
}

/** Adds an option to a category, or changes the known one that `before` is. */
export function saveOption(
	call: ApiCall,
	category: TrackingCategory,
	element: Element,
	before: TrackingOption | undefined,
): Saved<TrackingOption> {
	const others = category.options.filter(({ id }) => id !== before?.id);
	const option = readOption(call, element, before, others);
	if (!option.ok) return option;
	const options =
		before === undefined
			? [...category.options, option.value]
			: category.options.map((known) => (known.id === before.id ? option.value : known));
	call.transaction.put(call.books.trackingCategories, {
		...category,
		options,
		updatedMs: call.nowMs,
	});
	return option;
}

function readOption(
	call: ApiCall,
	element: Element,
	before: TrackingOption | undefined,
	others: readonly TrackingOption[],
): Saved<TrackingOption> {
	const named = readNamed(element, before, others);
	if (!named.ok) return named;
	return {
		ok: true,
		value: { id: before?.id ?? randomGuid(call.context.random), ...named.value },
	};
}

interface Named {
	readonly name: string;
	readonly status: 'ACTIVE' | 'ARCHIVED';
}

function readNamed(
	element: Element,
	before: Named | undefined,
	others: readonly Named[],
): Saved<Named> {
	const sent = element['Name'];
	const name = typeof sent === 'string' && sent.trim() !== '' ? sent.trim() : before?.name;
	if (name === undefined) return refuse('Name must be specified.');
	if (name.length > LONGEST_NAME) {
		return refuse(`Name must not be longer than ${LONGEST_NAME} characters.`);
	}
	if (others.some((other) => nameKey(other.name) === nameKey(name))) {
		return refuse('Please enter a unique Name.');
	}
	const status = element['Status'] ?? before?.status ?? 'ACTIVE';
	if (status !== 'ACTIVE' && status !== 'ARCHIVED') {
		return refuse(`The status '${String(status)}' is not valid.`);
	}
	return { ok: true, value: { name, status } };
}

function refuse(message: string): { readonly ok: false; readonly messages: readonly string[] } {
	return { ok: false, messages: [message] };
}
