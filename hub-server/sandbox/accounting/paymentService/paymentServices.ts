import type { Reply } from '../../http/Reply';
import { notFound } from '../../resource/apiError';
import type { ApiCall, ApiResource } from '../../resource/ApiResource';
import { envelope } from '../../resource/envelope';
import type { BrandingTheme } from '../../world/Books';
import type { PaymentService } from '../../world/PaymentService';
import { randomGuid } from '../../world/random';
import type { Element } from '../../writing/readElements';
import { trimmedText } from '../../writing/trimmedText';
import { writeElements, ZERO_GUID, type ElementOutcome } from '../../writing/writeElements';

const OF_THEME = '/BrandingThemes/:id/PaymentServices';

/** What online invoices can be paid with, and which branding theme offers it. */
export const paymentServices: ApiResource = {
	name: 'PaymentServices',
	scopes: ['paymentservices'],
	routes: [
		{
			method: 'GET',
			path: '/PaymentServices',
			handle: (call) => answer(call, [...call.books.paymentServices.inUpdateOrder()]),
		},
		{ method: 'PUT', path: '/PaymentServices', handle: create },
		{ method: 'GET', path: OF_THEME, handle: withTheme(listOfTheme) },
		{ method: 'POST', path: OF_THEME, handle: withTheme(offer) },
	],
};

function answer(call: ApiCall, services: readonly PaymentService[]): Reply {
	return envelope(call, 'PaymentServices', services.map(present));
}

/** Through the API only custom services are made. */
function create(call: ApiCall): Reply {
	return writeElements(call, {
		collection: 'PaymentServices',
		write(element) {
			const name = trimmedText(element['PaymentServiceName']);
			const url = trimmedText(element['PaymentServiceUrl']);
			if (name === undefined || url === undefined || !URL.canParse(url)) {
				return refuse(
					element,
					'PaymentServiceName and a valid PaymentServiceUrl must be specified',
				);
			}
			return keep(call, {
				id: randomGuid(call.context.random),
				updatedMs: call.nowMs,
				name,
				type: 'Custom',
				url,
				payNowText: trimmedText(element['PayNowText']) ?? 'Pay by credit card',
				brandingThemeIds: [],
			});
		},
	});
}

function withTheme(handle: (call: ApiCall, theme: BrandingTheme) => Reply) {
	return (call: ApiCall): Reply => {
		const theme = call.books.brandingThemes.get(call.params['id']?.toLowerCase() ?? '');
		return theme === undefined ? notFound() : handle(call, theme);
	};
}

function listOfTheme(call: ApiCall, theme: BrandingTheme): Reply {
	return answer(
		call,
		call.books.paymentServices
			.inUpdateOrder()
			.filter(({ brandingThemeIds }) => brandingThemeIds.includes(theme.id)),
	);
}

/** The theme offers a service that is there already: "Payment service could not be found" is Xero's. */
function offer(call: ApiCall, theme: BrandingTheme): Reply {
	return writeElements(call, {
		collection: 'PaymentServices',
		write(element) {
			const id = trimmedText(element['PaymentServiceID'])?.toLowerCase() ?? '';
			const service = call.books.paymentServices.get(id);
			if (service === undefined) return refuse(element, 'Payment service could not be found');
			const brandingThemeIds = [...new Set([...service.brandingThemeIds, theme.id])];
			return keep(call, { ...service, brandingThemeIds, updatedMs: call.nowMs });
		},
	});
}

function keep(call: ApiCall, service: PaymentService): ElementOutcome {
	call.transaction.put(call.books.paymentServices, service);
	return { ok: true, view: present(service) };
}

function refuse(element: Element, message: string): ElementOutcome {
	const echo = { PaymentServiceID: ZERO_GUID, ...element };
	return { ok: false, messages: [message], echo };
}

function present({ id, name, type, url, payNowText }: PaymentService): Element {
	return {
		PaymentServiceID: id,
		PaymentServiceName: name,
		...(url !== undefined && { PaymentServiceUrl: url }),
		PaymentServiceType: type,
		...(payNowText !== undefined && { PayNowText: payNowText }),
	};
}
