import { connectSandbox, messagesOf, type ConnectedSandbox } from './connectedSandbox';
import type { Json, XeroRecord, XeroRecords } from './XeroBody';

let sandbox: ConnectedSandbox;
beforeAll(async () => {
	sandbox = await connectSandbox();
});
afterAll(() => sandbox.close());

const UNKNOWN = '11111111-1111-4111-8111-111111111111';

const collectionOf = (path: string) =>
	path.includes('/Options') ? 'Options' : (path.split(/[/?]/)[1] as string);
const read = async (path: string): Promise<readonly XeroRecord[]> =>
	(await sandbox.get(path)).json[collectionOf(path)] as XeroRecords;
const written = async (method: 'put' | 'post', path: string, body: Json): Promise<XeroRecord> => {
	const answer = await sandbox[method](path, body);
	if (answer.status !== 200) throw new Error(answer.text);
	return (answer.json[collectionOf(path)] as XeroRecords)[0];
};
const deleted = async (path: string) =>
	await sandbox.call(sandbox.tokens, sandbox.tenantId, 'DELETE', `/api.xro/2.0${path}`);

describe('an account', () => {
	let count = 0;
	const account = (changes: Json = {}): Json => ({
		Code: `T${++count}`,
		Name: `Test account ${count}`,
		Type: 'EXPENSE',
		...changes,
	});
	const made = async (changes: Json = {}) => await written('put', '/Accounts', account(changes));

	it('belongs to the class of its type', async () => {
		expect(await made({ Description: 'For tests', TaxType: 'INPUT2' })).toMatchObject({
			Class: 'EXPENSE',
			Status: 'ACTIVE',
			Description: 'For tests',
			TaxType: 'INPUT2',
		});
		expect(
			await made({ Type: 'BANK', BankAccountNumber: '01-0123-0123456-00', Code: undefined }),
		).toMatchObject({ Class: 'ASSET', BankAccountType: 'BANK', CurrencyCode: 'NZD' });
	});

	it.each([
		['the name of another', { Name: 'Sales' }, 'Please enter a unique Name.'],
		['the code of another', { Code: '200' }, 'Please enter a unique Code.'],
		['no code', { Code: '' }, 'Code must be specified.'],
		['a bank without number', { Type: 'BANK' }, 'BankAccountNumber must be specified.'],
		['an unknown tax', { TaxType: 'NOPE' }, "The TaxType code 'NOPE' does not exist."],
	])('is refused with %s', async (_case, changes, message) => {
		expect(messagesOf(await sandbox.put('/Accounts', account(changes)))).toEqual([message]);
	});

	it('is archived alone in its request', async () => {
		const { AccountID } = await made();
		const post = (body: Json) => sandbox.post(`/Accounts/${AccountID}`, body);

		expect(messagesOf(await post({ Status: 'ARCHIVED', Name: 'Renamed too' }))).toEqual([
			'An account can only be archived in a request that changes nothing else.',
		]);
		expect(await written('post', `/Accounts/${AccountID}`, { Status: 'ARCHIVED' })).toMatchObject({
			Status: 'ARCHIVED',
		});
	});

	it.each([
		['of the system', '610', 'System accounts cannot be changed.'],
		['of a bank', '090', 'Bank accounts cannot be changed through the API.'],
	])('%s cannot be changed', async (_case, code, message) => {
		const [known] = await read(`/Accounts/${code}`);

		const answer = await sandbox.post(`/Accounts/${known?.['AccountID']}`, { Name: 'Mine' });

		expect(messagesOf(answer)).toEqual([message]);
	});

	it('is deleted when nothing refers to it', async () => {
		const { AccountID } = await made();

		const answer = (await (await deleted(`/Accounts/${AccountID}`)).json()) as {
			Accounts: XeroRecord[];
		};

		expect(answer.Accounts[0]?.Status).toBe('DELETED');
		expect((await sandbox.get(`/Accounts/${AccountID}`)).status).toBe(404);
	});

	it.each([
		['that documents use', '200', /has been used/],
		['of the system', '610', /System accounts/],
	])('%s is not deleted', async (_case, code, message) => {
		const [known] = await read(`/Accounts/${code}`);

		const answer = await deleted(`/Accounts/${known?.['AccountID']}`);

		expect(answer.status).toBe(400);
		expect(await answer.text()).toMatch(message);
	});
});

describe('an item', () => {
	const made = async (changes: Json) =>
		await written('put', '/Items?unitdp=4', { Items: [changes] });

	it('keeps its prices to four decimals', async () => {
		const item = await made({
			Code: 'SCREW',
			Name: 'Screw',
			SalesDetails: { UnitPrice: 0.1275, AccountCode: '200', TaxType: 'OUTPUT2' },
		});

		expect(item).toMatchObject({ IsSold: true, SalesDetails: { UnitPrice: 0.1275 } });
		const [rounded] = await read(`/Items/${item['ItemID']}`);
		expect(rounded?.['SalesDetails']).toMatchObject({ UnitPrice: 0.13 });
	});

	it('is tracked with an inventory account, and then has a cost of goods sold', async () => {
		expect(
			await made({
				Code: 'TRACKED',
				InventoryAssetAccountCode: '630',
				PurchaseDetails: { UnitPrice: 5, COGSAccountCode: '310' },
			}),
		).toMatchObject({
			IsTrackedAsInventory: true,
			QuantityOnHand: 0,
			PurchaseDetails: { COGSAccountCode: '310' },
		});
	});

	it.each([
		['no code', { Name: 'x' }, 'Price List Item code must be specified'],
		['the code of another', { Code: 'BOOK' }, "Price List Item with Code 'BOOK' already exists"],
		['a long code', { Code: 'x'.repeat(31) }, 'Code must not be longer than 30 characters'],
		[
			'an unknown account',
			{ Code: 'NEW', SalesDetails: { AccountCode: '999' } },
			"Account code '999' is not a valid code for this document.",
		],
	])('is refused with %s', async (_case, changes, message) => {
		expect(messagesOf(await sandbox.put('/Items', { Items: [changes] }))).toEqual([message]);
	});

	it('is created by a POST, and changed by the next with its code', async () => {
		const created = await written('post', '/Items', { Items: [{ Code: 'POSTED', Name: 'One' }] });
		const again = await written('post', '/Items', { Items: [{ Code: 'posted', Name: 'Two' }] });

		expect(again).toMatchObject({ ItemID: created['ItemID'], Name: 'Two' });
	});

	it('is gone when deleted', async () => {
		const { ItemID } = await made({ Code: 'GONE' });

		expect((await deleted(`/Items/${ItemID}`)).status).toBe(204);
		expect((await sandbox.get(`/Items/${ItemID}`)).status).toBe(404);
		expect((await deleted(`/Items/${ItemID}`)).status).toBe(404);
	});
});

describe('a tax rate', () => {
	const rate = (changes: Json = {}): Json => ({
		Name: 'City tax',
		ReportTaxType: 'OUTPUT',
		TaxComponents: [{ Name: 'City', Rate: 2.5 }],
		...changes,
	});
	const made = async (changes: Json) =>
		await written('put', '/TaxRates', { TaxRates: [rate(changes)] });

	it('gets a code, and applies to what its report says', async () => {
		expect(await made({ Name: 'Own one' })).toMatchObject({
			TaxType: expect.stringMatching(/^TAX\d{3}$/),
			EffectiveRate: 2.5,
			CanApplyToRevenue: true,
			CanApplyToExpenses: false,
			Status: 'ACTIVE',
		});
	});

	it('adds up its components, the compound one on top of all', async () => {
		const TaxComponents = [
			{ Name: 'Federal', Rate: 5 },
			{ Name: 'State', Rate: 10, IsCompound: true },
		];

		expect((await made({ Name: 'Compound', TaxComponents })).EffectiveRate).toBe(15.5);
	});

	it.each([
		['no name', { Name: '' }, 'Name must be specified.'],
		['a known name', { Name: '15% GST on Income' }, 'Please enter a unique Name.'],
		['no report', { ReportTaxType: undefined }, 'ReportTaxType must be specified.'],
		['no component', { TaxComponents: [] }, 'At least one TaxComponent must be specified.'],
	])('is refused with %s', async (_case, changes, message) => {
		const answer = await sandbox.put('/TaxRates', { TaxRates: [rate(changes)] });

		expect(messagesOf(answer)).toEqual([message]);
	});

	it('is changed and deleted by its code', async () => {
		const { TaxType } = await made({ Name: 'To go' });
		const post = async (body: Json) =>
			await written('post', '/TaxRates', { TaxRates: [{ TaxType, ...body }] });

		const TaxComponents = [{ Name: 'City', Rate: 2.5 }];
		expect(await post({ Name: 'Still here', TaxComponents })).toMatchObject({
			TaxType,
			Name: 'Still here',
		});
		expect(await post({ Status: 'DELETED' })).toMatchObject({ TaxType, Status: 'DELETED' });
	});

	it('gets more components and other rates, and loses none', async () => {
		const federal = { Name: 'Federal', Rate: 5 };
		const state = { Name: 'State', Rate: 3 };
		const { TaxType } = await made({ Name: 'Two in one', TaxComponents: [federal, state] });
		const post = async (changes: Json) =>
			await sandbox.post('/TaxRates', { TaxRates: [{ TaxType, ...changes }] });
		const refusal = ['All the existing tax components must be supplied when updating a tax rate.'];

		for (const TaxComponents of [[state], [federal, { Name: 'Province', Rate: 3 }], undefined]) {
			expect(messagesOf(await post({ Name: 'Other', TaxComponents }))).toEqual(refusal);
		}
		const changed = await post({
			TaxComponents: [federal, { ...state, Rate: 4 }, { Name: 'City', Rate: 1 }],
		});
		expect(changed.json.TaxRates).toMatchObject([{ Name: 'Two in one', EffectiveRate: 10 }]);
	});

	it('of Xero’s own stays as it is', async () => {
		const answer = await sandbox.post('/TaxRates', {
			TaxRates: [{ TaxType: 'OUTPUT2', Status: 'DELETED' }],
		});

		expect(messagesOf(answer)).toEqual(['Tax rates that Xero provides cannot be changed.']);
	});
});

describe('a tracking category', () => {
	it('is one of two active ones, and of four in all', async () => {
		const categories = await read('/TrackingCategories');
		expect(messagesOf(await sandbox.put('/TrackingCategories', { Name: 'Third' }))).toEqual([
			'An organisation can have at most 2 active tracking categories.',
		]);

		const archive = `/TrackingCategories/${categories[1]?.TrackingCategoryID}`;
		expect(await written('post', archive, { Status: 'ARCHIVED' })).toMatchObject({
			Status: 'ARCHIVED',
		});
		const third = await written('put', '/TrackingCategories', {
			Name: 'Third',
			Options: [{ Name: 'A' }, { Name: 'B' }],
		});

		expect(third).toMatchObject({ Status: 'ACTIVE', Options: [{ Name: 'A' }, { Name: 'B' }] });
		expect(await read('/TrackingCategories')).toHaveLength(2);
		expect(await read('/TrackingCategories?includeArchived=true')).toHaveLength(3);
		expect((await deleted(`/TrackingCategories/${third.TrackingCategoryID}`)).status).toBe(200);
		expect(await read('/TrackingCategories?includeArchived=true')).toHaveLength(2);
	});

	it('has options that are added, renamed, archived and deleted', async () => {
		const [category] = await read('/TrackingCategories');
		const options = `/TrackingCategories/${category?.TrackingCategoryID}/Options`;

		const made = await written('put', options, { Name: 'Offshore' });
		const option = `${options}/${made.TrackingOptionID}`;

		expect(made).toMatchObject({ Status: 'ACTIVE', IsActive: true });
		expect(messagesOf(await sandbox.put(options, { Name: 'offshore' }))).toEqual([
			'Please enter a unique Name.',
		]);
		expect(await written('post', option, { Name: 'Islands', Status: 'ARCHIVED' })).toMatchObject({
			Name: 'Islands',
			IsArchived: true,
		});
		const gone = (await (await deleted(option)).json()) as { Options: XeroRecord[] };
		expect(gone.Options[0]).toMatchObject({ Status: 'DELETED', IsDeleted: true });
		expect((await sandbox.post(option, { Name: 'x' })).status).toBe(404);
		expect(
			(await sandbox.put(`/TrackingCategories/${UNKNOWN}/Options`, { Name: 'x' })).status,
		).toBe(404);
	});
});

it('says what the organisation may do, and that approving has an end', async () => {
	const actions = async () =>
		((await sandbox.get('/Organisation/Actions')).json['Actions'] as XeroRecords).map(
			({ Name, Status }) => `${Name} ${Status}`,
		);
	expect(await actions()).toContain('CreateApprovedInvoice ALLOWED');

	await sandbox.setFaults({ approvalLimitReached: true });

	expect(await actions()).toContain('CreateApprovedInvoice NOT-ALLOWED');
	await sandbox.setFaults({});
});
