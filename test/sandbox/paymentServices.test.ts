import { connectSandbox, messagesOf, type ConnectedSandbox } from './connectedSandbox';

let sandbox: ConnectedSandbox;
beforeAll(async () => {
	sandbox = await connectSandbox({}, {}, ['paymentservices', 'accounting.settings']);
});
afterAll(() => sandbox.close());

const wish = {
	PaymentServiceName: 'Pay up',
	PaymentServiceUrl: 'https://pay.example/?i=[INVOICENUMBER]',
};

it('is made as a custom one, and offered by a branding theme', async () => {
	const { json } = await sandbox.put('/PaymentServices', { PaymentServices: [wish] });
	const [service] = json['PaymentServices'];
	const [theme] = (await sandbox.get('/BrandingThemes')).json['BrandingThemes'];
	const offers = `/BrandingThemes/${theme.BrandingThemeID}/PaymentServices`;

	await sandbox.post(offers, { PaymentServices: [service] });

	expect(service).toMatchObject({
		...wish,
		PaymentServiceType: 'Custom',
		PayNowText: 'Pay by credit card',
	});
	expect((await sandbox.get(offers)).json['PaymentServices']).toEqual([service]);
});

it('is refused without a name or an address, and unknown ones are not offered', async () => {
	const [theme] = (await sandbox.get('/BrandingThemes')).json['BrandingThemes'];
	const offers = `/BrandingThemes/${theme.BrandingThemeID}/PaymentServices`;
	const unknown = { PaymentServiceID: '11111111-2222-4333-8444-555555555555' };

	expect((await sandbox.put('/PaymentServices', { PaymentServiceName: 'x' })).status).toBe(400);
	expect(messagesOf(await sandbox.post(offers, { PaymentServices: [unknown] }))).toEqual([
		'Payment service could not be found',
	]);
});

it('wants its own scope', async () => {
	const others = await connectSandbox({}, {}, ['accounting.settings']);

	expect((await others.get('/PaymentServices')).status).toBe(401);
	await others.close();
});
