import { eventually } from '../../support/eventually';
import {
	pushedOrganisation,
	type AnsweredPush,
	type PushedOrganisation,
} from './pushedOrganisation';

describe('a push that Xero does not let go on', () => {
	let acme: PushedOrganisation;
	beforeEach(async () => {
		acme = await pushedOrganisation();
	}, 60_000);
	afterEach(() => acme.close());

	const records = [{ externalId: '1', fields: { Name: 'Patient' } }];
	const begin = async () => {
		const { body } = await acme.call('POST', '/pushes', {
			...{ tenantId: acme.tenantId, system: 'crm', entity: 'contact', records },
		});
		return body.id as string;
	};
	const waiting = (id: string) =>
		eventually('the wait', async () => {
			const push = (await acme.call('GET', `/pushes/${id}`)).body as AnsweredPush;
			return push.error === null ? undefined : push;
		});

	it('waits while the organisation is offline, and goes on by itself', async () => {
		await acme.sandbox.setFaults({ offlineTenant: acme.tenantId });
		const id = await begin();

		expect(await waiting(id)).toMatchObject({ status: 'running', items: [{ state: 'pending' }] });
		await acme.sandbox.setFaults({});
		await acme.pass(60);

		expect(await acme.finished(id)).toMatchObject({ items: [{ state: 'synced' }] });
	});

	it('waits while the organisation is switched off, and goes on by itself', async () => {
		await acme.sandbox.setFaults({ latencyMs: 300 });
		const id = await begin();
		await acme.call('PATCH', `/connections/${acme.connectionId}`, { enabled: false });
		await acme.call('POST', `/pushes/${id}/retry`, {});

		await acme.call('PATCH', `/connections/${acme.connectionId}`, { enabled: true });
		await acme.pass(120);

		expect(await acme.finished(id)).toMatchObject({ counts: { synced: 1 } });
	});

	it('says that a person has to reconnect', async () => {
		await acme.sandbox.setFaults({ disconnectTenant: acme.tenantId });

		const push = await waiting(await begin());

		expect(push).toMatchObject({
			waitingFor: 'reauth',
			error: expect.stringContaining('Connect it again'),
		});
	});
});
