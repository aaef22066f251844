import type { ICredentialDataDecryptedObject, IWorkflowExecuteAdditionalData } from 'n8n-workflow';

import { XeroAccountingOAuth2Api } from '../../../credentials/XeroAccountingOAuth2Api.credentials';
import { XeroCustomConnectionOAuth2Api } from '../../../credentials/XeroCustomConnectionOAuth2Api.credentials';
import { XeroHubApi } from '../../../credentials/XeroHubApi.credentials';
import { EngineCredentials } from '../../support/engine/engineCredentials';
import { everyScope } from '../support/everyScope';

const types = [
	new XeroAccountingOAuth2Api(),
	new XeroCustomConnectionOAuth2Api(),
	new XeroHubApi(),
];

/** The scope that n8n sends to Xero for what the user filled in. */
async function scopeOf(filledIn: ICredentialDataDecryptedObject, type = 'xeroAccountingOAuth2Api') {
	const credentials = new EngineCredentials(
		(name) => types.find((candidate) => candidate.name === name),
		{ mine: filledIn },
	);
	const { scope } = await credentials.getDecrypted(
		{} as IWorkflowExecuteAdditionalData,
		{ id: 'mine', name: 'mine' },
		type,
		'internal',
	);
	return scope;
}

it('asks for the usual areas and for a refresh token', async () => {
	expect(await scopeOf({})).toBe(
		'offline_access accounting.contacts accounting.invoices accounting.payments accounting.settings.read',
	);
});

it('asks for exactly the areas that are chosen, and for further scopes', async () => {
	const areas = ['files', 'accounting.reports.aged.read'];

	expect(await scopeOf({ areas, furtherScopes: 'paymentservices' })).toBe(
		'offline_access files accounting.reports.aged.read paymentservices',
	);
});

it('asks for the broad scopes of older apps', async () => {
	expect(await scopeOf({ permissions: 'legacy' })).toBe(
		'offline_access accounting.transactions accounting.contacts accounting.settings accounting.attachments accounting.reports.read',
	);
});

it('takes a list as it is written', async () => {
	expect(await scopeOf({ permissions: 'text', scopeText: 'accounting.contacts.read' })).toBe(
		'offline_access accounting.contacts.read',
	);
});

it('asks for no refresh token where Xero gives none', async () => {
	const areas = ['accounting.contacts'];

	expect(await scopeOf({ areas }, 'xeroCustomConnectionOAuth2Api')).toBe('accounting.contacts');
});

it('offers every scope of the sandbox that opens an API, and no other', () => {
	const areas = types[0]?.properties.find(({ name }) => name === 'areas');
	const offered = (areas?.options ?? []).map((option) => String('value' in option && option.value));
	const needed = everyScope.filter(
		(scope) =>
			scope.includes('.') ||
			['files', 'assets', 'projects', 'bankfeeds', 'paymentservices'].includes(scope),
	);

	expect(offered).toEqual(expect.arrayContaining([...needed]));
	expect(
		offered.every((scope) =>
			/^(accounting|assets|bankfeeds|files|paymentservices|payroll|projects)\b/.test(scope),
		),
	).toBe(true);
});

it('takes no name of the credentials that n8n itself has', () => {
	for (const { name } of types) expect(name).not.toBe('xeroOAuth2Api');
});
