import { gunzipSync } from 'node:zlib';
import type { FormBrowser } from '../../support/portal/formBrowser';
import { invited, portalOwner } from '../../support/portal/portalOwner';
import { provisionPortal, type ProvisionedPortal } from '../../support/portal/provisionPortal';
import { startPortal, type StartedPortal } from '../../support/portal/startPortal';

const NED = { name: 'Ned', email: 'ned@example.com', password: 'nine quiet bicycles' };

describe('an agency in the portal', () => {
	let portal: StartedPortal;
	let owner: FormBrowser;
	let acme: ProvisionedPortal;
	let name: string;

	beforeEach(async () => {
		portal = await startPortal({ autoConsent: 'all' });
		owner = await portalOwner(portal);
		acme = await provisionPortal(portal);
		const { items } = (await portal.hub.call('GET', '/api/v1/connections', undefined, acme.apiKey))
			.body as { items: readonly { tenantId: string; tenantName: string }[] };
		name = items.find(({ tenantId }) => tenantId === acme.tenantId)!.tenantName;
	}, 60_000);
	afterEach(() => portal.close());

	const workspaceId = async (slug: string) =>
		(await portal.hub.call('GET', `/api/v1/workspaces/${slug}`)).body.id as string;
	const at = () => `/w/acme/offboard?organisation=${acme.tenantId}`;
	/** The form's own answer: a file cannot be followed as a page. */
	async function download(page: { readonly html: string }): Promise<Buffer> {
		const formToken = /name="formToken" value="([^"]+)"/.exec(page.html)?.[1] ?? '';
		const answer = await fetch(`${portal.url}/w/acme/offboard/export`, {
			method: 'POST',
			headers: { cookie: [...owner.cookies].map((pair) => pair.join('=')).join('; ') },
			body: new URLSearchParams({ formToken, organisation: acme.tenantId }),
		});
		expect(answer.headers.get('content-disposition')).toMatch(
			/^attachment; filename="acme-.*\.jsonl\.gz"$/,
		);
		return Buffer.from(await answer.arrayBuffer());
	}

	describe('sees all organisations on one page', () => {
		it('with their state, and links to where each is mended', async () => {
			await portal.hub.call(
				'PATCH',
				`/api/v1/connections/${acme.connectionId}`,
				{ enabled: false },
				acme.apiKey,
			);

			const page = await owner.get('/organisations');

			expect(page.text).toContain('3 organisations, none needs you');
			expect(page.text).toContain(name);
			expect(page.html).toContain(`href="/w/acme/organisations#org-${acme.connectionId}"`);
			const off = await owner.get('/organisations?show=off');
			expect(off.text).toContain(name);
			expect(off.text.match(/Connected/g)).toBeNull();
		});

		it('sorted and searched, and whatever else the address says', async () => {
			const found = await owner.get(`/organisations?search=${encodeURIComponent(name)}&order=name`);
			const none = await owner.get('/organisations?search=nothing-like-this');
			const odd = await owner.get('/organisations?order=sideways&page=-3&show=x&search=%25');

			expect(found.text).toContain(name);
			expect(none.text).toContain('No organisation is like that.');
			expect(odd.status).toBe(200);
		});

		it('and a colleague only those of their workspaces', async () => {
			await portal.hub.call('POST', '/api/v1/workspaces', { name: 'Beta' });
			const ned = await invited(portal, owner, NED, {
				...{ role: 'viewer', reach: 'some', workspaces: [await workspaceId('beta')] },
			});

			const page = await ned.get('/organisations');

			expect(page.text).toContain('No organisation is connected');
			expect(page.text).not.toContain(name);
		});
	});

	describe('off-boards a client', () => {
		it('by a page that says what will happen, exports, and asks for the name', async () => {
			const page = await owner.get(at());
			const early = await owner.submit(page, '/w/acme/offboard', { confirm: name });
			const file = gunzipSync(await download(page)).toString();
			const wrong = await owner.submit(await owner.get(at()), '/w/acme/offboard', { confirm: 'x' });
			const done = await owner.submit(wrong, '/w/acme/offboard', { confirm: name });

			expect(page.text).toContain('What will happen');
			expect(early.status).toBe(409);
			expect(early.text).toContain('Nobody has read an export');
			expect(file.trim().split('\n').at(-1)).toContain('"kind":"end"');
			expect(wrong.status).toBe(422);
			expect(wrong.text).toContain(`This must be the name of what goes, ${name}.`);
			expect(done.at).toBe('/w/acme/organisations?done=client_offboarded');
			expect(done.text).toContain('Off-boarded: it is disconnected');
			expect(done.html).not.toContain(acme.tenantId);
			expect((await owner.get(at())).text).toContain('It is done');
		}, 60_000);

		it('once, though the button is pressed twice', async () => {
			const page = await owner.get(at());
			const form = { confirm: name, withoutExport: 'yes' };

			const both = await Promise.all([
				owner.submit(page, '/w/acme/offboard', form),
				owner.submit(page, '/w/acme/offboard', form),
			]);

			for (const done of both) expect(done.text).toContain('Off-boarded');
			const gone = (await portal.sandbox.requests()).filter(({ method }) => method === 'DELETE');
			expect(gone).toHaveLength(1);
		});

		it('is told what to do while Xero is away, and goes on without it only when asked', async () => {
			await portal.sandbox.setFaults({ status: { path: '/connections', status: 503, times: 20 } });
			const form = { confirm: name, withoutExport: 'yes' };

			const failed = await owner.submit(await owner.get(at()), '/w/acme/offboard', form);
			const again = await owner.get(at());
			const done = await owner.submit(failed, '/w/acme/offboard', {
				...form,
				leaveAtXero: 'yes',
			});

			expect(failed.status).toBeGreaterThanOrEqual(500);
			expect(failed.text).toContain('Delete it here although Xero cannot be reached');
			expect(again.text).toContain('It was begun and could not be finished');
			expect(done.text).toContain('At Xero it is still connected');
		}, 60_000);

		it('with the whole workspace, which ends at the list of the others', async () => {
			const page = await owner.get('/w/acme/offboard');

			const done = await owner.submit(page, '/w/acme/offboard', {
				...{ confirm: 'Acme', withoutExport: 'yes' },
			});

			expect(page.text).toContain('the whole workspace goes');
			expect(done.at).toBe('/?done=client_offboarded');
			expect(done.text).not.toContain('acme');
		});

		it('as an owner only', async () => {
			const ned = await invited(portal, owner, NED, { role: 'connector', reach: 'all' });

			expect((await ned.get(at())).status).toBe(403);
			expect((await ned.get('/w/acme/organisations')).text).not.toContain('Off-board');
		});
	});
});
