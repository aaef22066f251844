import type { Reply } from '../../http/Reply';
import { readOnlyList } from '../../query/readOnlyList';
import type { ApiCall, ApiResource } from '../../resource/ApiResource';
import type { Currency } from '../../world/Books';
import type { Element } from '../../writing/readElements';
import { trimmedText } from '../../writing/trimmedText';
import { writeElements, type ElementOutcome } from '../../writing/writeElements';

const reading = readOnlyList<Currency>({
	name: 'Currencies',
	typeName: 'Currency',
	scopes: ['accounting.settings'],
	rows: (books) => books.currencies,
	fields: {
		Code: { type: 'String', get: ({ id }) => id },
		Description: { type: 'String', get: ({ description }) => description },
	},
	present,
});

export const currencies: ApiResource = {
	...reading,
	routes: [...reading.routes, { method: 'PUT', path: '/Currencies', handle: create }],
};

/** One for each request, as a bare object (Xero's OpenAPI file). Its refusals are not published. */
function create(call: ApiCall): Reply {
	return writeElements(call, { collection: 'Currencies', write: (element) => add(call, element) });
}

function add(call: ApiCall, element: Element): ElementOutcome {
	const { books, organisation, transaction, nowMs } = call;
	const code = trimmedText(element['Code'])?.toUpperCase() ?? '';
	const name = nameOf(code);
	const refuse = (message: string): ElementOutcome => ({
		ok: false,
		messages: [message],
		echo: element,
	});
	if (call.context.faults().singleCurrency) {
		return refuse(`${organisation.name} is not subscribed to multicurrency`);
	}
	if (name === undefined) return refuse(`The currency code '${code}' is not valid`);
	if (books.currencies.get(code) !== undefined) {
		return refuse(`${organisation.name} uses the currency ${code} already`);
	}
	const currency = { id: code, updatedMs: nowMs, description: name };
	transaction.put(books.currencies, currency);
	return { ok: true, view: present(currency) };
}

function present({ id, description }: Currency): Element {
	return { Code: id, Description: description };
}

/** By ISO 4217; undefined for a code that it does not have. */
function nameOf(code: string): string | undefined {
	const isCode = Intl.supportedValuesOf('currency').includes(code);
	return isCode ? new Intl.DisplayNames('en', { type: 'currency' }).of(code) : undefined;
}
