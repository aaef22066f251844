import { eventually } from '../../support/eventually';
import { startHubProcess, type HubProcess } from '../../support/hubProcess';
import { provisionWorkspace, type ProvisionedWorkspace } from '../../support/provisionWorkspace';
import { startSandbox, type StartedSandbox } from '../../support/startSandbox';
import { temporaryFolder } from '../../support/temporaryFolder';
import type { AnsweredPush } from './pushedOrganisation';

/** The hub as a process, which is killed as the power fails. */
describe('a push whose hub is killed', () => {
	let sandbox: StartedSandbox;
	let hub: HubProcess;
	let acme: ProvisionedWorkspace;
	const folder = temporaryFolder();
	let port: number | undefined;

	const start = async () => {
		hub = await startHubProcess({
			dataDir: folder.path,
			...(port !== undefined && { port }),
			env: {
				XERO_LOGIN_URL: sandbox.url,
				XERO_IDENTITY_URL: sandbox.url,
				XERO_API_URL: sandbox.url,
			},
		});
		port = Number(new URL(hub.url).port);
	};
	beforeAll(async () => {
		sandbox = await startSandbox({ autoConsent: 'first' });
		await start();
		acme = await provisionWorkspace(hub, sandbox, []);
	}, 60_000);
	afterAll(async () => {
		await hub.process.stop();
		await sandbox.close();
		folder.remove();
	});

	const requests = async (method: string) =>
		(await sandbox.requests()).filter(
			(one) => one.method === method && one.path.endsWith('/Contacts'),
		);

	it.each([
		['while it looks in Xero', 'GET'],
		['while Xero makes the records', 'PUT'],
	])(
		'%s makes each record once',
		async (when, method) => {
			await sandbox.setFaults({ latencyMs: 400 });
			await sandbox.forgetRequests();
			const records = Array.from({ length: 30 }, (_, index) => ({
				externalId: `${method}-${index}`,
				fields: { Name: `Killed ${method} ${index}` },
			}));
			const [organisation] = acme.connections;
			const begun = await hub.call(
				'POST',
				'/api/v1/pushes',
				{ tenantId: organisation?.tenantId, system: 'crm', entity: 'contact', records },
				acme.apiKey,
			);
			await eventually(`the call ${when}`, async () =>
				(await requests(method)).length > 0 ? true : undefined,
			);

			await hub.process.kill();
			await sandbox.setFaults({});
			await start();

			const push = await eventually('the end of the push', async () => {
				const { body } = await hub.call(
					'GET',
					`/api/v1/pushes/${begun.body.id}`,
					undefined,
					acme.apiKey,
				);
				return body.status === 'finished' ? (body as AnsweredPush) : undefined;
			});
			expect(push.counts).toEqual({ synced: 30 });
			const tokens = await sandbox.authorise(acme.app);
			const answer = await sandbox.call(
				tokens,
				organisation?.tenantId,
				'GET',
				`/api.xro/2.0/Contacts?page=1&pageSize=1000&searchTerm=${encodeURIComponent(`Killed ${method}`)}`,
			);
			const { Contacts: contacts } = (await answer.json()) as { Contacts: readonly unknown[] };
			expect(contacts).toHaveLength(30);
		},
		90_000,
	);
});
