import fc from 'fast-check';
import type { INodePropertyOptions } from 'n8n-workflow';
import { scopeFields } from '../../../../credentials/scopeFields';
import { SCOPE_PRESETS } from '../../../../hub-server/src/workspaces/scopePresets';
import {
	readScopeChoice,
	writeScopeChoice,
} from '../../../../hub-server/src/xero/identity/scopeChoice';
import {
	coversScope,
	leastScopes,
	missingScopes,
} from '../../../../hub-server/src/xero/identity/scopeCover';
import { scopeStanding } from '../../../../hub-server/src/xero/identity/scopeStanding';
import {
	IDENTITY_SCOPES,
	SCOPE_GROUPS,
	SCOPES_BY_APPROVAL,
	scopeLabel,
} from '../../../../hub-server/src/xero/identity/xeroScopes';
import { documentedResources } from '../../../documentation/operationTable';

const KNOWN = SCOPE_GROUPS.flatMap(({ areas }) =>
	areas.flatMap(({ read, write }) => [read, write].filter((scope) => scope !== undefined)),
);

describe('everything these nodes can do', () => {
	const needed = new Set(
		documentedResources().flatMap(({ operations }) =>
			operations.flatMap(({ module: { request } }) => request?.scope ?? []),
		),
	);
	const everything = SCOPE_PRESETS.everything.split(' ');
	const ofAreas = everything.filter(
		(scope) => !(IDENTITY_SCOPES as readonly string[]).includes(scope),
	);

	it('lets every operation of the nodes through, but for those that Xero must approve the app for', () => {
		const refused = [...needed].filter((scope) => !coversScope(everything, scope));

		expect(needed.size).toBeGreaterThan(20);
		expect(refused.sort()).toEqual(['accounting.journals.read', 'bankfeeds']);
		expect(refused.every((scope) => SCOPES_BY_APPROVAL.has(scope))).toBe(true);
	});

	it('asks for nothing that no operation needs, and for nothing twice', () => {
		expect(ofAreas.filter((scope) => !needed.has(scope))).toEqual([]);
		expect(leastScopes(everything)).toEqual(everything);
		expect(ofAreas.filter((scope) => SCOPES_BY_APPROVAL.has(scope))).toEqual([]);
	});

	it('begins with what brings the refresh token and the webhooks', () => {
		expect(everything).toEqual(expect.arrayContaining(['offline_access', 'openid']));
	});
});

describe('the list of scopes', () => {
	it('has every scope that an operation needs, and every one that a credential offers', () => {
		const areas = scopeFields([]).find(({ name }) => name === 'areas');
		const offered = (areas?.options as INodePropertyOptions[]).map(({ value }) => String(value));
		const needed = documentedResources().flatMap(({ operations }) =>
			operations.flatMap(({ module: { request } }) => request?.scope ?? []),
		);

		expect([...offered, ...needed].filter((scope) => !KNOWN.includes(scope))).toEqual([]);
	});

	it('has each scope once', () => {
		expect(new Set(KNOWN).size).toBe(KNOWN.length);
	});

	it('says scopes in words, and unknown ones as they are', () => {
		expect(scopeLabel('accounting.contacts.read')).toBe('Contacts and contact groups: read');
		expect(scopeLabel('made.up')).toBe('made.up');
	});
});

describe('what a scope opens', () => {
	it.each([
		['accounting.contacts', 'accounting.contacts.read', true],
		['accounting.contacts.read', 'accounting.contacts', false],
		['accounting.transactions', 'accounting.invoices', true],
		['accounting.transactions', 'accounting.payments.read', true],
		['accounting.transactions.read', 'accounting.payments.read', true],
		['accounting.transactions.read', 'accounting.payments', false],
		['accounting.transactions', 'accounting.contacts', false],
		['accounting.reports.read', 'accounting.reports.aged.read', true],
		['accounting.reports.aged.read', 'accounting.reports.read', false],
	])('of %s: %s – %s', (granted, scope, isOpen) => {
		expect(coversScope([granted], scope)).toBe(isOpen);
	});

	it('is told by what is missing; who consents, and for how long, is not', () => {
		const asked = ['openid', 'profile', 'accounting.settings', 'files.read'];

		expect(missingScopes(['accounting.settings.read', 'files'], asked)).toEqual([
			'accounting.settings',
		]);
	});

	it('stops the operations that need it, and no others', () => {
		const { missing, stopped } = scopeStanding(
			['accounting.contacts.read', 'accounting.settings'],
			['accounting.contacts', 'accounting.settings', 'accounting.budgets.read'],
		);

		expect(missing).toEqual(['accounting.contacts', 'accounting.budgets.read']);
		expect(stopped).toEqual([
			'Budget (Get, Get Many)',
			expect.stringMatching(/^Contact \(Add Note, .*Update\)$/),
			expect.stringMatching(/^Contact Group \(/),
		]);
	});

	it('is nothing less in the shortest list of any scopes', () => {
		fc.assert(
			fc.property(fc.subarray(KNOWN), (scopes) => {
				const least = leastScopes(scopes);

				expect(missingScopes(least, scopes)).toEqual([]);
				expect(leastScopes(least)).toEqual(least);
			}),
		);
	});
});

describe('a list of scopes that is taken apart into levels', () => {
	it('comes back as it was, with what nobody knows, and the reading half of what writes left out', () => {
		const words = fc.stringMatching(/^[a-z]{1,9}\.x[a-z]{1,9}$/);
		const lists = fc.tuple(
			fc.subarray([...IDENTITY_SCOPES]),
			fc.subarray(KNOWN),
			fc.uniqueArray(words, { maxLength: 3 }),
		);
		fc.assert(
			fc.property(lists, ([identity, known, other]) => {
				const scopes = [...identity, ...known, ...other];

				const written = writeScopeChoice(readScopeChoice(scopes));

				const isHalf = (scope: string) =>
					scope.endsWith('.read') && scopes.includes(scope.replace(/\.read$/, ''));
				expect([...written].sort()).toEqual(scopes.filter((scope) => !isHalf(scope)).sort());
			}),
		);
	});
});
