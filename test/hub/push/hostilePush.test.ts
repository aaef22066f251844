import { eventually } from '../../support/eventually';
import { pushedOrganisation, statesOf, type PushedOrganisation } from './pushedOrganisation';

describe('a push that means no good', () => {
	let acme: PushedOrganisation;
	beforeEach(async () => {
		acme = await pushedOrganisation();
	}, 60_000);
	afterEach(() => acme.close());

	const contact = (externalId: string, Name = `Contact ${externalId}`) => ({
		...{ externalId, fields: { Name } },
	});
	const begin = (records: readonly object[], tenantId = acme.tenantId) =>
		acme.call('POST', '/pushes', { tenantId, system: 'crm', entity: 'contact', records });
	const atXero = async () =>
		(await acme.atXero('/Contacts?page=1&pageSize=1000')).Contacts?.map(({ Name: name }) => name);

	it('makes each record once, whatever its id', async () => {
		const ids = [
			...['..', '<script>alert(1)</script>', '" OR 1==1 OR "', 'a\nb', '=cmd()', 'é\u202e', '%2e'],
			...['x'.repeat(200), "Robert'); DROP TABLE links;--", '{{7*7}}', '\u{1f9fe}'],
		];
		const records = ids.map((id, index) => contact(id, `Odd ${index}`));

		const first = await acme.push({ records });
		const second = await acme.push({ records });

		expect(first.counts).toEqual({ synced: ids.length });
		expect(second).toMatchObject({ counts: { unchanged: ids.length }, calls: 0 });
		expect((await atXero())?.filter((name) => /^Odd /.test(String(name)))).toHaveLength(ids.length);
	});

	it('of which one record is huge fails with that one alone', async () => {
		const records = Array.from({ length: 60 }, (_, index) => contact(String(index)));
		records[30] = contact('huge', 'x'.repeat(4_000_000));

		const { counts, items } = await acme.push({ records });

		expect(counts).toEqual({ synced: 59, failed: 1 });
		expect(items[30]).toMatchObject({ state: 'failed', message: expect.stringMatching(/\w/) });
	}, 60_000);

	it('is refused at the door where all of it is too large', async () => {
		expect(await begin([contact('huge', 'x'.repeat(5_500_000))])).toMatchObject({
			status: 413,
			body: { code: 'body_too_large' },
		});
	});

	it('reaches no organisation that is another’s, or switched off', async () => {
		const foreign = await begin([contact('1')], '11111111-1111-4111-8111-111111111111');
		await acme.call('PATCH', `/connections/${acme.connectionId}`, { enabled: false });
		const off = await begin([contact('1')]);

		expect([foreign.status, off.status]).toEqual([404, 409]);
		expect(await acme.sandbox.requests()).not.toContainEqual(
			expect.objectContaining({ path: expect.stringContaining('/Contacts') }),
		);
	});

	it('goes on by itself where Xero fails in the middle', async () => {
		const records = Array.from({ length: 120 }, (_, index) => contact(String(index)));
		await acme.sandbox.setFaults({ latencyMs: 150 });
		const { body } = await begin(records);
		await eventually('the first of it', async () => {
			const { counts } = (await acme.call('GET', `/pushes/${body.id}`)).body;
			return counts.synced > 0 ? true : undefined;
		});
		await acme.sandbox.setFaults({ status: { path: '/Contacts', status: 503 } });
		await eventually('the wait', async () => {
			const { error } = (await acme.call('GET', `/pushes/${body.id}`)).body;
			return error === null ? undefined : true;
		});

		await acme.sandbox.setFaults({});
		await acme.pass(600);

		expect((await acme.finished(body.id)).counts).toEqual({ synced: 120 });
		const made = (await atXero())?.filter((name) => /^Contact \d/.test(String(name))) ?? [];
		expect(made).toHaveLength(120);
	}, 60_000);

	it('is undone once, however often the button is pressed', async () => {
		const { id } = await acme.push({ records: [contact('1')] });
		await acme.sandbox.setFaults({ latencyMs: 500 });

		const undone = await Promise.all(
			Array.from({ length: 5 }, () => acme.call('POST', `/pushes/${id}/undo`, {})),
		);

		expect(new Set(undone.map(({ body }) => body.id)).size).toBe(1);
		expect(statesOf(await acme.finished(undone[0]?.body.id))).toEqual({ 1: 'undone' });
	});

	it('is retried once, however often the button is pressed', async () => {
		await acme.sandbox.setFaults({ offlineTenant: acme.tenantId });
		const { body } = await begin([contact('1')]);

		await Promise.all(
			Array.from({ length: 5 }, () => acme.call('POST', `/pushes/${body.id}/retry`, {})),
		);
		await acme.sandbox.setFaults({});
		await acme.pass(600);

		expect((await acme.finished(body.id)).counts).toEqual({ synced: 1 });
		expect((await atXero())?.filter((name) => name === 'Contact 1')).toHaveLength(1);
	});
});
