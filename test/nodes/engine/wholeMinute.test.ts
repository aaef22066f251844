import { connectEngine, type ConnectedEngine } from '../support/connectedEngine';
import { itemsOf, pairedItems, XERO_NODE, xeroWorkflow } from '../support/xeroWorkflow';

const COUNT = 3_000;

/** How late in the minute the run begins, so that the test waits for the rest of it only. */
const SECONDS_LEFT = 20;

/** Of the 60 in this minute; the run needs 60. */
const CALLS_OF_OTHERS = 30;

describe("Xero's own limits, 60 calls in a minute of 60 seconds", () => {
	let xero: ConnectedEngine;

	beforeAll(async () => {
		xero = await connectEngine();
		await xero.sandbox.setLimits({});
	});
	afterAll(async () => {
		await xero.close();
	});

	const callOfOthers = async () => {
		const response = await xero.sandbox.call(
			xero.tokens,
			xero.tenantId,
			'GET',
			'/api.xro/2.0/Organisation',
		);
		await response.arrayBuffer();
		return response;
	};

	/** The sandbox's minute begins somewhere: a refused call tells where it ends. */
	const beginNextMinute = async () => {
		for (;;) {
			const { status, headers } = await callOfOthers();
			if (status !== 429) continue;
			const toItsEnd = Number(headers.get('retry-after'));
			await xero.sandbox.advanceClock(toItsEnd + 60 - SECONDS_LEFT);
			return;
		}
	};

	it('let 3,000 creates through in one go, none failed and none doubled', async () => {
		await beginNextMinute();
		for (let call = 0; call < CALLS_OF_OTHERS; call += 1) await callOfOthers();
		await xero.sandbox.forgetRequests();

		const execution = await xero.engine.run(
			xeroWorkflow({
				parameters: {
					resource: 'contact',
					operation: 'create',
					organisation: { __rl: true, mode: 'id', value: xero.tenantId },
					name: '={{ $json.name }}',
				},
			}),
			{ input: itemsOf(COUNT, (index) => ({ name: `Minute ${index}` })) },
		);

		const statuses = (await xero.sandbox.requests()).map(({ status }) => status);
		await xero.sandbox.setLimits({ minute: 1_000_000 });
		const held = await xero.read('Contacts?where=Name.StartsWith("Minute ")');
		expect(execution.error).toBeUndefined();
		expect(pairedItems(execution.itemsOf(XERO_NODE))).toEqual(
			Array.from({ length: COUNT }, (_, index) => index),
		);
		expect(statuses.filter((status) => status === 200)).toHaveLength(COUNT / 50);
		// One call finds out how long the minute lasts; nothing is sent before it is over.
		expect(statuses.filter((status) => status === 429)).toHaveLength(1);
		expect(new Set(held.map(({ Name }) => Name)).size).toBe(COUNT);
		expect(held).toHaveLength(COUNT);
	}, 120_000);
});
