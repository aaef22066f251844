import type { INodeParameters } from 'n8n-workflow';

import type { LoggedSandboxRequest } from '../../support/sandboxClient';
import { connectEngine, type ConnectedEngine } from '../support/connectedEngine';
import { itemsOf, pairedItems, XERO_NODE, xeroWorkflow } from '../support/xeroWorkflow';

const COUNT = 120;

describe("Xero's limits", () => {
	let xero: ConnectedEngine;

	beforeEach(async () => {
		xero = await connectEngine();
		await xero.sandbox.forgetRequests();
	});
	afterEach(async () => {
		await xero.close();
	});

	const organisation = () => ({ __rl: true, mode: 'id', value: xero.tenantId });
	const createContacts = async (onError?: 'continueRegularOutput') =>
		await xero.engine.run(
			xeroWorkflow({
				parameters: {
					resource: 'contact',
					operation: 'create',
					organisation: organisation(),
					name: '={{ $json.name }}',
				},
				onError,
			}),
			{ input: itemsOf(COUNT, (index) => ({ name: `Daily ${index}` })) },
		);
	const statuses = async () => (await xero.sandbox.requests()).map(({ status }) => status);

	describe('a day that is used up in the middle of a run', () => {
		beforeEach(async () => {
			await xero.sandbox.setLimits({ day: 1, minute: 1_000, concurrent: 5 });
		});

		it('ends it at once, with what is saved and when the day resets', async () => {
			const { error } = await createContacts();

			expect(error).toMatchObject({
				httpCode: '429',
				message: expect.stringMatching(/daily limit .* resets at \d{4}-\d\d-\d\dT/),
				description: expect.stringMatching(/50 of 120 items are already saved in Xero\./),
				itemIndex: 50,
			});
			expect(await statuses()).toEqual([200, 429]);
		});

		it('fails each item that is left without asking again, where the run goes on', async () => {
			const execution = await createContacts('continueRegularOutput');

			const items = execution.itemsOf(XERO_NODE);
			const failed = items.filter(({ json }) => 'error' in json);
			expect(execution.error).toBeUndefined();
			expect(pairedItems(items)).toEqual(Array.from({ length: COUNT }, (_, index) => index));
			expect(pairedItems(failed)).toEqual(Array.from({ length: 70 }, (_, index) => 50 + index));
			for (const { json } of failed) {
				expect(json).toMatchObject({
					error: expect.stringMatching(/daily limit .* resets at/),
					details: expect.stringContaining('50 of 120 items are already saved in Xero.'),
				});
			}
			expect(await statuses()).toEqual([200, 429]);
		});
	});

	it('of a request: no more than 3.5 MB travel together', async () => {
		const aMegabyteOfLines =
			'={{ Array.from({ length: 250 }, () => ({ description: "x".repeat(3900), unitAmount: 1, accountCode: "200" })) }}';
		const parameters: INodeParameters = {
			resource: 'invoice',
			operation: 'create',
			type: 'ACCREC',
			organisation: organisation(),
			contact: { __rl: true, mode: 'name', value: 'Ridgeway University' },
			lineItemsMode: 'json',
			lineItemsJson: aMegabyteOfLines,
		};

		const execution = await xero.engine.run(xeroWorkflow({ parameters }), {
			input: itemsOf(7, (index) => ({ index })),
		});

		expect(execution.error).toBeUndefined();
		expect(pairedItems(execution.itemsOf(XERO_NODE))).toEqual([0, 1, 2, 3, 4, 5, 6]);
		expect((await xero.sandbox.requests()).map(({ elements }) => elements)).toEqual([3, 3, 1]);
	});

	it('of an address: ids are asked for in chunks that keep it below 2,000 characters', async () => {
		const created = await createContacts();
		const ids = created.itemsOf(XERO_NODE).map(({ json }) => json['ContactID']);
		await xero.sandbox.forgetRequests();

		const read = await xero.engine.run(
			xeroWorkflow({
				parameters: {
					resource: 'contact',
					operation: 'get',
					organisation: organisation(),
					contact: { __rl: true, mode: 'id', value: '={{ $json.id }}' },
				},
			}),
			{ input: ids.map((id) => ({ json: { id: String(id) } })) },
		);

		const lengthOf = ({ path, query }: LoggedSandboxRequest) =>
			`https://api.xero.com${path}?${new URLSearchParams(query)}`.length;
		const requests = await xero.sandbox.requests();
		expect(read.itemsOf(XERO_NODE).map(({ json }) => json['ContactID'])).toEqual(ids);
		expect(requests).toHaveLength(COUNT / 40);
		expect(Math.max(...requests.map(lengthOf))).toBeLessThan(2_000);
	});
});
