import { eventually } from '../../support/eventually';
import { startHubCluster, type HubCluster } from './hubCluster';

interface Pushed {
	readonly status: string;
	readonly counts: Readonly<Record<string, number>>;
}

describe('two hubs on one ledger', () => {
	let cluster: HubCluster;
	beforeAll(async () => {
		cluster = await startHubCluster(2);
	}, 120_000);
	afterAll(() => cluster.stop(), 60_000);

	it('make each record once, however often it is pushed through both of them', async () => {
		const { hubs, sandbox, workspace } = cluster;
		const [organisation] = workspace.connections;
		const records = Array.from({ length: 40 }, (_, index) => ({
			externalId: String(index),
			fields: { Name: `Twice ${index}` },
		}));
		const wish = { tenantId: organisation?.tenantId, system: 'crm', entity: 'contact', records };

		const begun = await Promise.all(
			Array.from({ length: 8 }, async (_, index) => {
				const hub = hubs[index % 2]!;
				const { body } = await hub.call('POST', '/api/v1/pushes', wish, workspace.apiKey);
				return { hub, id: body.id as string };
			}),
		);
		const pushes = await Promise.all(
			begun.map(({ hub, id }) =>
				eventually(
					'the end of a push',
					async () => {
						const { body } = await hub.call(
							'GET',
							`/api/v1/pushes/${id}`,
							undefined,
							workspace.apiKey,
						);
						const push = body as Pushed;
						return push.status === 'finished' ? push : undefined;
					},
					{ timeoutMs: 60_000 },
				),
			),
		);

		for (const { counts } of pushes) {
			expect((counts['synced'] ?? 0) + (counts['unchanged'] ?? 0)).toBe(40);
		}
		const tokens = await sandbox.authorise(workspace.app);
		const answer = await sandbox.call(
			tokens,
			organisation?.tenantId,
			'GET',
			'/api.xro/2.0/Contacts?page=1&pageSize=1000&searchTerm=Twice',
		);
		const { Contacts: contacts } = (await answer.json()) as { Contacts: readonly unknown[] };
		expect(contacts).toHaveLength(40);
	}, 120_000);
});
