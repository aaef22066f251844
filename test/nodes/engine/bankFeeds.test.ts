import type { IDataObject, INodeParameters } from 'n8n-workflow';

import { connectEngine, type ConnectedEngine } from '../support/connectedEngine';
import { pairedItems, XERO_NODE, xeroWorkflow } from '../support/xeroWorkflow';

const FEEDS = '/bankfeeds.xro/1.0';
/** Xero takes statements of the last year only. */
const day = (daysAgo: number) =>
	new Date(Date.now() - daysAgo * 86_400_000).toISOString().slice(0, 10);

let xero: ConnectedEngine;
beforeAll(async () => {
	xero = await connectEngine({ scopes: ['offline_access', 'bankfeeds'], app: { bankFeeds: true } });
});
afterAll(() => xero.close());
beforeEach(async () => {
	await xero.sandbox.setFaults({ bankFeeds: { deliveryMs: 0 } });
	await xero.sandbox.forgetRequests();
});

const run = async (
	parameters: INodeParameters,
	input: readonly IDataObject[],
	onError?: 'continueRegularOutput',
) =>
	await xero.engine.run(xeroWorkflow({ parameters, onError }), {
		input: input.map((json) => ({ json })),
	});

let count = 0;
async function newFeed(): Promise<string> {
	const execution = await run(
		{
			resource: 'bankFeedConnection',
			operation: 'create',
			accountToken: '={{ $json.token }}',
			currency: 'NZD',
			additionalFields: { accountNumber: '={{ $json.token }}' },
		},
		[{ token: `0212345${++count}` }],
	);
	return String(execution.itemsOf(XERO_NODE)[0]?.json['id']);
}

const statement: INodeParameters = {
	resource: 'bankStatement',
	operation: 'create',
	feedConnection: { __rl: true, mode: 'id', value: '={{ $json.feed }}' },
	startBalance: '={{ $json.start ?? "0" }}',
	linesMode: 'json',
	linesJson: '={{ $json.lines }}',
	writeOptions: { waitForDelivery: true, waitSeconds: 5 },
};
const posts = async () =>
	(await xero.sandbox.requests()).filter(
		({ method, path }) => method === 'POST' && path === `${FEEDS}/Statements`,
	);

it('sends the lines oldest first, whatever order they come in', async () => {
	const feed = await newFeed();
	const lines = [
		{ postedDate: day(1), amount: '5.10', transactionId: 'b' },
		{ postedDate: day(3), amount: '-2.20', transactionId: 'a' },
	];

	const execution = await run(statement, [{ feed, start: '10', lines }]);

	expect(execution.error).toBeUndefined();
	expect(execution.itemsOf(XERO_NODE)[0]?.json).toMatchObject({
		status: 'DELIVERED',
		startDate: day(3),
		endDate: day(1),
		endBalance: '12.90',
	});
});

it('sends the statements of one feed oldest first, and gives each its own item', async () => {
	const feed = await newFeed();
	const items = [2, 9, 5].map((daysAgo) => ({
		feed,
		lines: [{ postedDate: day(daysAgo), amount: daysAgo, transactionId: `at-${daysAgo}` }],
	}));

	const execution = await run(statement, items);

	const out = execution.itemsOf(XERO_NODE);
	expect(pairedItems(out)).toEqual([0, 1, 2]);
	expect(out.map(({ json }) => json['startDate'])).toEqual([day(2), day(9), day(5)]);
	const list = await run({ resource: 'bankStatement', operation: 'getAll', returnAll: true }, [{}]);
	const sent = list.itemsOf(XERO_NODE).filter(({ json }) => json['feedConnectionId'] === feed);
	expect(sent).toHaveLength(3);
	expect(await posts()).toHaveLength(3);
});

it('sends nothing where one statement does not add up', async () => {
	const feed = await newFeed();
	const good = { feed, lines: [{ postedDate: day(1), amount: '1' }], end: '' };
	const bad = { ...good, end: '2' };

	const execution = await run(
		{ ...statement, additionalFields: { endBalance: '={{ $json.end }}' } },
		[good, bad],
	);

	expect(execution.error).toMatchObject({
		itemIndex: 1,
		message: expect.stringContaining('The end balance should be 1.00, not 2.00'),
	});
	expect(await posts()).toEqual([]);
});

it('tells a duplicate from what is new, and says that nothing is missing', async () => {
	const feed = await newFeed();
	const lines = [{ postedDate: day(1), amount: '1', transactionId: 'known' }];
	await run(statement, [{ feed, lines }]);

	const execution = await run(statement, [{ feed, lines }]);

	expect(execution.error).toMatchObject({
		message: expect.stringContaining('Duplicate Statement Received'),
		description: expect.stringContaining('nothing is missing'),
	});
});

it('fails the item whose statement is rejected later, where it waits for that', async () => {
	const feed = await newFeed();
	await xero.sandbox.setFaults({ bankFeeds: { deliveryMs: 0, reject: 'internal-error' } });
	const input = [{ feed, lines: [{ postedDate: day(1), amount: '1' }] }];

	const waiting = await run(statement, input);
	const notWaiting = await run({ ...statement, writeOptions: {} }, [{ ...input[0], start: '1' }]);

	expect(waiting.error?.message).toContain('Intermittent Internal Xero Error');
	expect(notWaiting.itemsOf(XERO_NODE)[0]?.json).toMatchObject({ status: 'PENDING' });
});

it('gives out a statement that is still PENDING when the time is up', async () => {
	const feed = await newFeed();
	await xero.sandbox.setFaults({ bankFeeds: { deliveryMs: 3_600_000 } });

	const execution = await run(
		{ ...statement, writeOptions: { waitForDelivery: true, waitSeconds: 0.2 } },
		[{ feed, lines: [{ postedDate: day(1), amount: '1' }] }],
	);

	expect(execution.itemsOf(XERO_NODE)[0]?.json).toMatchObject({ status: 'PENDING' });
});

it('has one statement where the answer was lost', async () => {
	const feed = await newFeed();
	await xero.sandbox.setFaults({
		bankFeeds: { deliveryMs: 0 },
		dropAfterCommit: { path: `${FEEDS}/Statements`, method: 'POST' },
	});

	const execution = await run(statement, [
		{ feed, lines: [{ postedDate: day(1), amount: '1', transactionId: 'once' }] },
	]);

	expect(execution.itemsOf(XERO_NODE)[0]?.json).toMatchObject({ status: 'DELIVERED' });
});

describe('who may not', () => {
	it.each([
		[{ approved: false }, 'Invalid Application', "ask Xero's partner team to approve this app"],
		[
			{ organisationAllowed: false },
			'Invalid Organisation',
			'This organisation cannot have bank feeds',
		],
	])('is told what to do where %j', async (bankFeeds, message, advice) => {
		await xero.sandbox.setFaults({ bankFeeds });

		for (const operation of ['create', 'getAll']) {
			const execution = await run(
				{
					resource: 'bankFeedConnection',
					operation,
					accountToken: 'any',
					currency: 'NZD',
					additionalFields: { accountNumber: '1' },
				},
				[{}],
			);
			expect(execution.error).toMatchObject({
				message: expect.stringContaining(message),
				description: expect.stringContaining(advice),
				httpCode: '403',
			});
		}
	});

	it('asks once, not once for each item', async () => {
		await xero.sandbox.setFaults({ bankFeeds: { approved: false } });
		const feed = '11111111-2222-4333-8444-555555555555';
		const items = [1, 2, 3].map((daysAgo) => ({
			feed,
			lines: [{ postedDate: day(daysAgo), amount: '1' }],
		}));

		const execution = await run(statement, items, 'continueRegularOutput');

		expect(execution.itemsOf(XERO_NODE)).toHaveLength(3);
		expect(await posts()).toHaveLength(1);
	});
});

it('connects 60 accounts in two requests, a rejected one among them', async () => {
	const taken = `0212345${count}`;
	const tokens = Array.from({ length: 60 }, (_, index) => (index === 7 ? taken : `many-${index}`));

	const execution = await run(
		{
			resource: 'bankFeedConnection',
			operation: 'create',
			accountToken: '={{ $json.token }}',
			currency: 'NZD',
			additionalFields: { accountNumber: '={{ $json.token }}' },
		},
		tokens.map((token) => ({ token })),
		'continueRegularOutput',
	);

	const out = execution.itemsOf(XERO_NODE);
	expect(pairedItems(out)).toEqual(tokens.map((_, index) => index));
	expect(out.filter(({ json }) => json['error'] !== undefined)).toHaveLength(1);
	expect(out[7]?.json['error']).toContain('Feed already connected');
	expect((await xero.sandbox.requests()).map(({ elements }) => elements)).toEqual(
		expect.arrayContaining([50, 10]),
	);
});
