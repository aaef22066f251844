import type { INodeParameters } from 'n8n-workflow';

import { connectEngine, type ConnectedEngine } from '../support/connectedEngine';
import { XERO_NODE, xeroWorkflow } from '../support/xeroWorkflow';

const UNKNOWN = '11111111-2222-4333-8444-555555555555';

const createContact: INodeParameters = {
	resource: 'contact',
	operation: 'create',
	name: 'Whoever it is',
};
const getContact: INodeParameters = {
	resource: 'contact',
	operation: 'get',
	contact: { __rl: true, mode: 'id', value: UNKNOWN },
};
const listContacts: INodeParameters = { resource: 'contact', operation: 'getAll' };

interface Refused {
	readonly parameters: INodeParameters;
	readonly scopes?: readonly string[];
	/** Brings Xero into the situation. */
	readonly given?: (xero: ConnectedEngine) => Promise<void>;
	readonly httpCode: string;
	/** What the user reads first, and what to do. */
	readonly message: RegExp;
	readonly advice: RegExp;
}

const answers = (status: number, body?: string) => async (xero: ConnectedEngine) =>
	await xero.sandbox.setFaults({ status: { path: '/Contacts', status, times: 10, body } });

const refused: Readonly<Record<string, Refused>> = {
	'401, a scope is missing for a write': {
		parameters: createContact,
		scopes: ['offline_access', 'accounting.contacts.read'],
		httpCode: '401',
		message: /lacks a permission \(scope accounting\.contacts\)/,
		advice: /Add the scope accounting\.contacts to the credential, then connect to Xero again/,
	},
	'401, a scope is missing for a read': {
		parameters: listContacts,
		scopes: ['offline_access', 'accounting.invoices'],
		httpCode: '401',
		message: /scope accounting\.contacts or accounting\.contacts\.read/,
		advice: /existing connections keep their old scopes/,
	},
	'403, the organisation is no longer connected': {
		parameters: createContact,
		given: async (xero) => {
			await xero.sandbox.setFaults({ disconnectTenant: xero.tenantId });
		},
		httpCode: '403',
		message: /does not let this connection use the organisation [0-9a-f-]{36}/,
		advice: /Choose another organisation, or connect this one/,
	},
	'404, there is no such record': {
		parameters: getContact,
		httpCode: '404',
		message: new RegExp(`Xero has no contact with the id ${UNKNOWN}`),
		advice: /Check the id, and that it belongs to the chosen organisation/,
	},
	'412, a precondition was not met': {
		parameters: createContact,
		given: answers(412),
		httpCode: '412',
		message: /a precondition was not met/,
		advice: /Read the record again and repeat the change/,
	},
	'429, the day is used up': {
		parameters: createContact,
		given: async (xero) => {
			await xero.sandbox.setLimits({ day: 0, minute: 1_000 });
		},
		httpCode: '429',
		message: /daily limit for this organisation is used up; it resets at \d{4}-\d{2}-\d{2}T/,
		advice: /Run the remaining items after that time/,
	},
	'500, a write': {
		parameters: createContact,
		given: answers(500, 'An error occurred in Xero'),
		httpCode: '500',
		message: /could not process the request \(500\): An error occurred in Xero/,
		advice: /Look in Xero whether the records were saved/,
	},
	'503, the organisation is offline': {
		parameters: listContacts,
		given: async (xero) => {
			await xero.sandbox.setFaults({ offlineTenant: xero.tenantId });
		},
		httpCode: '503',
		message: /could not process the request \(503\): The Organisation is offline/,
		advice: /Run the node again in a few minutes/,
	},
	'502, a page of HTML': {
		parameters: listContacts,
		given: async (xero) => {
			await xero.sandbox.setFaults({ htmlError: { path: '/Contacts', status: 502, times: 10 } });
		},
		httpCode: '502',
		message: /could not process the request \(502\) \[row 1, item index 0\]$/,
		advice: /Run the node again/,
	},
};

it.each(Object.entries(refused))(
	'says what happened and what to do: %s',
	async (_situation, { parameters, scopes, given, httpCode, message, advice }) => {
		const xero = await connectEngine(scopes === undefined ? {} : { scopes });
		await given?.(xero);
		const organisation = { __rl: true, mode: 'id', value: xero.tenantId };

		const stopped = await xero.engine.run(
			xeroWorkflow({ parameters: { ...parameters, organisation } }),
		);
		const continued = await xero.engine.run(
			xeroWorkflow({
				parameters: { ...parameters, organisation },
				onError: 'continueRegularOutput',
			}),
		);
		await xero.close();

		expect(stopped.error).toMatchObject({
			httpCode,
			message: expect.stringMatching(message),
			description: expect.stringMatching(advice),
			itemIndex: 0,
		});
		expect(continued.itemsOf(XERO_NODE)).toMatchObject([
			{
				json: { error: expect.any(String), details: expect.stringMatching(advice) },
				pairedItem: { item: 0 },
			},
		]);
	},
);
