import { notFound } from '../../resource/apiError';
import type { ApiCall, ApiResource } from '../../resource/ApiResource';
import { envelope } from '../../resource/envelope';

/**
 * The Construction Industry Scheme of the United Kingdom. Nobody in the sandbox takes part in it; without
 * taking part there is no rate (Xero's OpenAPI file). What Xero answers elsewhere is not published.
 */
export const cisSettings: ApiResource = {
	name: 'CISSettings',
	scopes: ['accounting.settings'],
	routes: [
		{
			method: 'GET',
			path: '/Contacts/:id/CISSettings',
			handle: (call) =>
				isInUK(call) && call.books.contacts.get(call.params['id']?.toLowerCase() ?? '')
					? envelope(call, 'CISSettings', [{ CISEnabled: false }])
					: notFound(),
		},
		{
			method: 'GET',
			path: '/Organisation/:id/CISSettings',
			handle: (call) =>
				isInUK(call) && call.organisation.tenantId === call.params['id']?.toLowerCase()
					? envelope(call, 'CISSettings', [
							{ CISContractorEnabled: false, CISSubContractorEnabled: false },
						])
					: notFound(),
		},
	],
};

function isInUK({ organisation }: ApiCall): boolean {
	return organisation.country === 'GB';
}
