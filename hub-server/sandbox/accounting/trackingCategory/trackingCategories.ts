import { parameter } from '../../http/parameter';
import type { Reply } from '../../http/Reply';
import { readOnlyList } from '../../query/readOnlyList';
import { notFound } from '../../resource/apiError';
import type { ApiCall, ApiResource } from '../../resource/ApiResource';
import { envelope } from '../../resource/envelope';
import type { TrackingCategory } from '../../world/Books';
import type { Element } from '../../writing/readElements';
import { writeElements, ZERO_GUID, type ElementOutcome } from '../../writing/writeElements';
import { saveCategory, saveOption, type Saved, type TrackingOption } from './saveTracking';

const reading = readOnlyList<TrackingCategory>({
	name: 'TrackingCategories',
	typeName: 'TrackingCategory',
	scopes: ['accounting.settings'],
	rows: (books) => books.trackingCategories,
	fields: {
		TrackingCategoryID: { type: 'Guid', get: ({ id }) => id },
		Name: { type: 'String', get: ({ name }) => name },
		Status: { type: 'String', get: ({ status }) => status },
	},
	keep: (category, call) =>
		category.status === 'ACTIVE' || parameter(call.request, 'includeArchived') === 'true',
	present,
});

const CATEGORY = '/TrackingCategories/:id';
const OPTION = `${CATEGORY}/Options/:optionId`;

export const trackingCategories: ApiResource = {
	...reading,
	routes: [
		...reading.routes,
		{ method: 'PUT', path: '/TrackingCategories', handle: create },
		{ method: 'POST', path: CATEGORY, handle: update },
		{ method: 'DELETE', path: CATEGORY, handle: remove },
		{ method: 'PUT', path: `${CATEGORY}/Options`, handle: createOption },
		{ method: 'POST', path: OPTION, handle: updateOption },
		{ method: 'DELETE', path: OPTION, handle: removeOption },
	],
};

function create(call: ApiCall): Reply {
	return writeElements(call, {
		collection: 'TrackingCategories',
		write: (element) => outcome(element, saveCategory(call, element, undefined), present),
	});
}

function update(call: ApiCall): Reply {
	const before = find(call);
	if (before === undefined) return notFound();
	return writeElements(call, {
		collection: 'TrackingCategories',
		write: (element) => outcome(element, saveCategory(call, element, before), present),
	});
}

/** Deleted for good; lines that carried it lose it. */
function remove(call: ApiCall): Reply {
	const category = find(call);
	if (category === undefined) return notFound();
	call.transaction.remove(call.books.trackingCategories, category.id);
	const deleted = { ...present(category), Status: 'DELETED', Options: [] };
	return envelope(call, 'TrackingCategories', [deleted]);
}

function createOption(call: ApiCall): Reply {
	const category = find(call);
	if (category === undefined) return notFound();
	return writeElements(call, {
		collection: 'Options',
		write(element) {
			const current = find(call) ?? category;
			return outcome(element, saveOption(call, current, element, undefined), presentOption);
		},
	});
}

function updateOption(call: ApiCall): Reply {
	const category = find(call);
	const before = findOption(call, category);
	if (category === undefined || before === undefined) return notFound();
	return writeElements(call, {
		collection: 'Options',
		write: (element) =>
			outcome(element, saveOption(call, category, element, before), presentOption),
	});
}

function removeOption(call: ApiCall): Reply {
	const category = find(call);
	const option = findOption(call, category);
	if (category === undefined || option === undefined) return notFound();
	call.transaction.put(call.books.trackingCategories, {
		...category,
		options: category.options.filter(({ id }) => id !== option.id),
		updatedMs: call.nowMs,
	});
	const deleted = { Status: 'DELETED', IsDeleted: true, IsArchived: false, IsActive: false };
	return envelope(call, 'Options', [{ ...presentOption(option), ...deleted }]);
}

function find(call: ApiCall): TrackingCategory | undefined {
	return call.books.trackingCategories.get(call.params['id']?.toLowerCase() ?? '');
}

function findOption(
	call: ApiCall,
	category: TrackingCategory | undefined,
): TrackingOption | undefined {
	const wanted = call.params['optionId']?.toLowerCase();
	return category?.options.find(({ id }) => id === wanted);
}

function outcome<T>(
	element: Element,
	saved: Saved<T>,
	view: (value: T) => Element,
): ElementOutcome {
	if (saved.ok) return { ok: true, view: view(saved.value) };
	const echo = { TrackingCategoryID: ZERO_GUID, ...element };
	return { ok: false, messages: saved.messages, echo };
}

function present(category: TrackingCategory): Element {
	return {
		Name: category.name,
		Status: category.status,
		TrackingCategoryID: category.id,
		Options: category.options.map(presentOption),
	};
}

function presentOption({ id, name, status }: TrackingOption): Element {
	return {
		TrackingOptionID: id,
		Name: name,
		Status: status,
		HasValidationErrors: false,
		IsDeleted: false,
		IsArchived: status === 'ARCHIVED',
		IsActive: status === 'ACTIVE',
	};
}
