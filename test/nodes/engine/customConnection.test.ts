import { createEngine } from '../../support/n8nEngine';
import { startSandbox, type StartedSandbox } from '../../support/startSandbox';
import { XERO_NODE, xeroWorkflow } from '../support/xeroWorkflow';

describe('a Custom Connection', () => {
	let sandbox: StartedSandbox;

	beforeAll(async () => {
		sandbox = await startSandbox();
	});
	afterAll(async () => {
		await sandbox.close();
	});

	it('reads and writes in its one organisation, without consent in a browser', async () => {
		const { organisations } = await sandbox.state();
		const [, second] = organisations;
		const app = await sandbox.createApp({
			type: 'custom',
			...(second === undefined ? {} : { tenantId: second.tenantId }),
			scopes: ['accounting.contacts'],
		});
		const engine = await createEngine({
			credentials: {
				custom: {
					grantType: 'clientCredentials',
					accessTokenUrl: `${sandbox.url}/connect/token`,
					apiBaseUrl: sandbox.url,
					clientId: app.clientId,
					clientSecret: app.clientSecret ?? '',
					permissions: 'areas',
					areas: ['accounting.contacts'],
				},
			},
		});

		const execution = await engine.run(
			xeroWorkflow({
				parameters: {
					authentication: 'customConnection',
					resource: 'contact',
					operation: 'create',
					name: 'Made by an app',
				},
			}),
		);

		expect(execution.error).toBeUndefined();
		expect(execution.itemsOf(XERO_NODE)).toMatchObject([{ json: { Name: 'Made by an app' } }]);
		const written = (await sandbox.requests()).find(({ method }) => method === 'PUT');
		expect(written?.tenantId).toBe(second?.tenantId);
	});
});
