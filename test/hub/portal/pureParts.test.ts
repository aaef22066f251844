import { Readable } from 'node:stream';
import fc from 'fast-check';
import { parseRequest } from '../../../hub-server/src/http/parseRequest';
import { ChannelList } from '../../../hub-server/src/administration/alertChannelRequests';
import { NewWorkspace } from '../../../hub-server/src/administration/workspaceRequests';
import { ConnectWish } from '../../../hub-server/src/api/workspaceCalls';
import { ConnectionChange } from '../../../hub-server/src/api/connectionCalls';
import { formTokenOf, isFormToken } from '../../../hub-server/src/portal/access/formToken';
import { wayBack } from '../../../hub-server/src/portal/pages/doorRoutes';
import { dayOf } from '../../../hub-server/src/portal/records/dayOf';
import { contacts } from '../../../hub-server/src/portal/records/contactRecords';
import { bills } from '../../../hub-server/src/portal/records/invoiceRecords';
import { listPath } from '../../../hub-server/src/portal/records/ListRequest';
import { payments } from '../../../hub-server/src/portal/records/paymentRecords';
import { createReadRecordPage } from '../../../hub-server/src/portal/records/readRecordPage';
import type { RecordKind } from '../../../hub-server/src/portal/records/RecordKind';
import type { XeroApiAnswer } from '../../../hub-server/src/xero/api/xeroApi';
import {
	ReauthRequiredError,
	XeroConnectionFailedError,
	XeroRateLimitedError,
	XeroTimeoutError,
} from '../../../hub-server/src/errors/xeroErrors';
import { whereText } from '../../../hub-server/src/xero/api/whereText';
import { setupChecklist } from '../../../hub-server/src/workspaces/setupChecklist';
import { readCookie } from '../../../hub-server/src/portal/show/portalCookies';
import { recordLabel } from '../../../hub-server/src/records/recordLabel';
import { textOf } from '../../../hub-server/src/portal/show/texts';

describe('the way back after a sign-in', () => {
	it('never leads to another host', () => {
		fc.assert(
			fc.property(
				fc.string({ unit: fc.constantFrom('/', '\\', '.', ':', 'a', '@', '?', '\t', '\n', ' ') }),
				(next) => {
					const url = new URL(wayBack(next), 'http://hub.example');

					expect(url.origin).toBe('http://hub.example');
				},
			),
		);
	});

	it('leads to every page of the portal', () => {
		expect(wayBack('/w/acme/records/invoices?q=a%20b&page=2')).toBe(
			'/w/acme/records/invoices?q=a%20b&page=2',
		);
	});
});

describe('a form token', () => {
	it('fits the cookie it was made from and no other', () => {
		fc.assert(
			fc.property(fc.string(), fc.string(), (one, other) => {
				expect(isFormToken(formTokenOf(one), one)).toBe(true);
				expect(isFormToken(formTokenOf(one), other)).toBe(one === other);
			}),
		);
		expect(isFormToken(undefined, 'cookie')).toBe(false);
	});
});

describe('a cookie', () => {
	it('is found among others, and is nothing but a token', () => {
		const token = 'A'.repeat(43);

		expect(readCookie(`x=1; name=${token}; name2=2`, 'name')).toBe(token);
		expect(readCookie(`nname=${token}`, 'name')).toBeUndefined();
		expect(readCookie('name=<script>', 'name')).toBeUndefined();
	});
});

describe('a text in Xero’s where language', () => {
	it('cannot end early, and loses nothing', () => {
		fc.assert(
			fc.property(fc.string(), (text) => {
				const written = whereText(text);

				expect(written).toMatch(/^"(?:[^"]|"")*"$/);
				expect(written.slice(1, -1).replaceAll('""', '"')).toBe(text);
			}),
		);
	});
});

describe('a date of Xero’s', () => {
	it('is the same day in every shape that Xero gives', () => {
		const days = fc.date({ min: new Date(0), max: new Date('2100-01-01'), noInvalidDate: true });

		fc.assert(
			fc.property(days, (at) => {
				const day = at.toISOString().slice(0, 10);
				expect(dayOf(at)).toBe(day);
				expect(dayOf(`/Date(${at.getTime()}+0000)/`)).toBe(day);
				expect(dayOf(day)).toBe(day);
			}),
		);
		for (const nothing of [undefined, null, '', 'soon', new Date('x'), 7]) {
			expect(dayOf(nothing)).toBeNull();
		}
	});
});

describe('what goes wrong with a page of records', () => {
	const secret = 'eyJhbGciOiJSUzI1NiIsImtpZCI6IjFDQUY4RTY2';

	it.each([
		[401, 'reconnect', 'This needs a permission that was not given'],
		[403, 'reconnect', 'Xero does not allow this'],
		[404, 'none', 'Xero does not have these records'],
		[429, 'retry', "Xero's limit is used up"],
		[500, 'retry', 'Xero has a problem'],
		[503, 'retry', 'Xero has a problem'],
		[400, 'none', 'Xero refused'],
	])('is explained when Xero answered %i, and holds no token', async (status, remedy, title) => {
		const problem = await problemWhen(async () => ({
			status,
			headers: { 'retry-after': '120', authorization: `Bearer ${secret}` },
			body: Readable.from([Buffer.from('{"Detail":"AuthorizationUnsuccessful"}')]),
		}));

		expect(problem).toMatchObject({ remedy, title });
		expect(problem.message).toContain(
			status === 429 ? 'Try again in 2 minutes.' : 'AuthorizationUnsuccessful',
		);
		expect(JSON.stringify(problem)).not.toContain(secret);
	});

	it.each([
		['Xero cannot be reached', new XeroConnectionFailedError(true)],
		['Xero cannot be reached', Object.assign(new Error(secret), { token: secret })],
		['Xero cannot be reached', undefined],
		['Xero takes too long', new XeroTimeoutError()],
		['Xero takes too long', { code: 'UND_ERR_BODY_TIMEOUT' }],
		["Xero's limit is used up", new XeroRateLimitedError('day', 7_200)],
		['The hub has no access right now', new ReauthRequiredError('https://hub.example/connect/a')],
	])('is said as %s when no answer came', async (title, cause) => {
		const problem = await problemWhen(jest.fn().mockRejectedValue(cause));

		expect(problem.title).toBe(title);
		expect(problem.remedy).toBe(
			{ "Xero's limit is used up": 'none', 'The hub has no access right now': 'reconnect' }[
				title
			] ?? 'retry',
		);
		expect(JSON.stringify(problem)).not.toContain(secret);
	});

	it('is said when Xero answers no JSON', async () => {
		const problem = await problemWhen(async () => ({
			status: 200,
			headers: {},
			body: Readable.from([Buffer.from('<html>')]),
		}));

		expect(problem).toMatchObject({ remedy: 'retry' });
		expect(problem.message).toContain('not JSON');
	});

	async function problemWhen(send: () => Promise<XeroApiAnswer>) {
		const read = createReadRecordPage({ send });
		const connection = { grantId: 'g', workspaceId: 'w', tenantId: 't' };
		const page = await read(connection, contacts, { search: '', page: 1 });
		if (page.kind !== 'failed') throw new Error('records were found');
		return page.problem;
	}
});

describe('a list request', () => {
	it('names what it asks for, and nothing else', () => {
		const wanted = { search: 'a "b" & c', page: 2 };

		const asked = (kind: RecordKind) => new URL(listPath(kind.request(wanted)), 'https://xero');

		expect(asked(bills).pathname).toBe('/api.xro/2.0/Invoices');
		expect(Object.fromEntries(asked(bills).searchParams)).toEqual({
			where: 'Type=="ACCPAY"',
			order: 'Date DESC',
			searchTerm: 'a "b" & c',
			page: '2',
			pageSize: '25',
		});
		expect(asked(payments).searchParams.get('where')).toBe(
			'Reference!=null AND Reference.Contains("a ""b"" & c")',
		);
		expect(listPath(contacts.request({ search: '', page: 1 }))).toBe(
			'/api.xro/2.0/Contacts?order=Name%20ASC&page=1&pageSize=25',
		);
	});
});

describe('the set-up checklist', () => {
	it('has one next step, the first that is open', () => {
		const progress = { firstEventAt: null, workflows: 1, firstDeliveredAt: null };

		const steps = setupChecklist({ appKeys: undefined, connections: [], progress });

		expect(steps.map(({ name, state }) => [name, state])).toEqual([
			['app_created', 'next'],
			['keys_saved', 'later'],
			['connected', 'later'],
			['handshake', 'later'],
			['first_event', 'later'],
			['first_workflow', 'done'],
		]);
	});

	it('counts an organisation as connected only while its grant works', () => {
		const progress = { firstEventAt: null, workflows: 0, firstDeliveredAt: null };
		const stateWith = (...all: ('active' | 'reauth_required' | 'app_keys_refused')[]) =>
			setupChecklist({
				appKeys: undefined,
				connections: all.map((status) => ({ status })),
				progress,
			}).find(({ name }) => name === 'connected')?.state;

		expect(stateWith('reauth_required', 'app_keys_refused')).toBe('later');
		expect(stateWith('reauth_required', 'active')).toBe('done');
	});
});

describe('texts for people', () => {
	it('spell codes, times and amounts', () => {
		expect(textOf.words('BANK_TRANSACTION')).toBe('Bank transaction');
		expect(textOf.words('api_key.created')).toBe('API key created');
		expect(textOf.words('clientId')).toBe('Client id');
		expect(textOf.time('2026-09-05T07:04:59Z')).toBe('5 Sep 2026, 07:04 UTC');
		expect(textOf.amount(-1234.5)).toBe('-1,234.50');
		expect(textOf.amount(undefined)).toBe('–');
		expect(textOf.plural(1, 'entry', 'entries')).toBe('1 entry');
	});
});

describe('what a record is called', () => {
	it.each([
		[{ InvoiceNumber: 'INV-7', Contact: { Name: 'Ridgeway' } }, 'INV-7 · Ridgeway'],
		[{ CreditNoteNumber: 'CN-1', InvoiceNumber: '', Contact: null }, 'CN-1'],
		[{ ContactID: 'x', Name: 'Ridgeway' }, 'Ridgeway'],
		[{ Total: 4 }, undefined],
	])('is said of %j', (record, label) => {
		expect(recordLabel(record)).toBe(label);
	});

	it('is not known where none was read', () => {
		expect(recordLabel(undefined)).toBeUndefined();
	});
});

describe('what a schema says without words of its own', () => {
	const urls = Array.from({ length: 21 }, (_, index) => `http://n8n-${index}:5678`);

	it.each([
		[NewWorkspace, { name: 'x', n8nBaseUrls: urls }, 'n8nBaseUrls: may have 20 entries at most'],
		[NewWorkspace, { name: 'x'.repeat(201) }, 'name: may have 200 characters at most'],
		[NewWorkspace, { name: 'x', slug: 5 }, 'slug: must be a text'],
		[ChannelList, {}, 'channels: is missing'],
		[ConnectionChange, { enabled: 'yes' }, 'enabled: must be true or false'],
		[
			ConnectWish,
			{ grantType: 'x' },
			'grantType: must be authorization_code or client_credentials',
		],
	])('is put as people put it: %#', (schema, value, sentence) => {
		expect(() => parseRequest(schema as typeof NewWorkspace, value)).toThrow(sentence);
	});
});
