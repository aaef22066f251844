import { connectSandbox, messagesOf, type ConnectedSandbox } from './connectedSandbox';
import type { Json } from './XeroBody';

let sandbox: ConnectedSandbox;
let batches = 0;
beforeAll(async () => {
	sandbox = await connectSandbox();
});
afterEach(() => sandbox.setFaults({}));
afterAll(() => sandbox.close());

const UNKNOWN = '11111111-1111-4111-8111-111111111111';
const NAMELESS = { EmailAddress: 'nobody@nowhere.example' };

/** Four contacts, the third of which is bad. */
async function send(bad: Json, query: string) {
	const batch = `Batch ${(batches += 1)}`;
	const answer = await sandbox.post(`/Contacts${query}`, {
		Contacts: [{ Name: `${batch} 1` }, { Name: `${batch} 2` }, bad, { Name: `${batch} 4` }],
	});
	const listed = await sandbox.get(`/Contacts?where=Name.StartsWith("${batch} ")&order=Name`);
	const saved = listed.json.Contacts.map(({ Name }) => Name.replace(`${batch} `, ''));
	return { answer, saved };
}

const POSITIONS: ReadonlyArray<readonly [saves: string, saved: readonly string[]]> = [
	['nothing', []],
	['before', ['1', '2']],
	['good', ['1', '2', '4']],
];

it.each(POSITIONS)('a 404 for one of several elements has saved %s', async (saves, saved) => {
	await sandbox.setFaults({ refusedBatchSaves: saves });

	for (const query of ['', '?summarizeErrors=false']) {
		const sent = await send({ ContactID: UNKNOWN, Name: 'X' }, query);

		expect(sent.answer.status).toBe(404);
		expect(sent.saved).toEqual(saved);
	}
});

it.each(POSITIONS)(
	'a 400 in spite of summarizeErrors=false names the bad one and has saved %s',
	async (saves, saved) => {
		await sandbox.setFaults({ refusedBatchSaves: saves, ignoresSummarizeErrors: true });

		const sent = await send(NAMELESS, '?summarizeErrors=false');

		expect(sent.answer.status).toBe(400);
		expect(messagesOf(sent.answer)).toHaveLength(1);
		expect(sent.saved).toEqual(saved);
	},
);

it.each(POSITIONS)(
	'a 400 without summarizeErrors=false keeps the good ones, even where refused batches save %s',
	async (saves) => {
		await sandbox.setFaults({ refusedBatchSaves: saves });

		const { answer, saved } = await send(NAMELESS, '');

		expect(answer).toMatchObject({ status: 400, json: { Type: 'ValidationException' } });
		expect(saved).toEqual(['1', '2', '4']);
	},
);

it('a body that cannot be read saves nothing', async () => {
	const answer = await sandbox.put('/Contacts', {
		Contacts: [{ Name: 'Read Before' }, { Name: 'Read After', ContactID: 'no id' }],
	});

	expect(answer).toMatchObject({ status: 400, json: { Type: 'PostDataInvalidException' } });
	expect((await sandbox.get('/Contacts?searchTerm=Read%20Before')).json.Contacts).toEqual([]);
});

it('what a refused request has saved is not saved again under the same idempotency key', async () => {
	const contacts = { Contacts: [{ Name: 'Kept Once' }, NAMELESS] };
	const key = { 'idempotency-key': 'refused once' };

	const first = await sandbox.put('/Contacts', contacts, key);
	const again = await sandbox.put('/Contacts', contacts, key);

	expect([first.status, again.text]).toEqual([400, first.text]);
	expect((await sandbox.get('/Contacts?searchTerm=Kept%20Once')).json.Contacts).toHaveLength(1);
});
