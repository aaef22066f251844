import { CONFIRMED_FOR_MS } from '../../../hub-server/src/portal/show/confirmAnew';
import { ROLES } from '../../documentation/whoMayWhat';
import { portalRoutes } from '../../support/everyRoute';
import { formBrowser, type FormBrowser } from '../../support/portal/formBrowser';
import { PAGE_RIGHTS, type PageRight } from '../../support/portal/pageRights';
import { invited, portalOwner } from '../../support/portal/portalOwner';
import { startPortal, type StartedPortal } from '../../support/portal/startPortal';

const PASSWORD = 'nine quiet bicycles';

/** It needs a provider, and has tests of its own. */
const BY_OIDC = / \/sign-in\/oidc/;

/** An event source follows no way to a sign-in page. */
const STREAM = 'GET /w/:slug/activity/stream';

const pages = Object.entries(PAGE_RIGHTS).filter(([name]) => !BY_OIDC.test(name));
const ofWorkspaces = pages.filter(([name]) => name.includes('/w/:slug'));

describe('who may open which page', () => {
	let portal: StartedPortal;
	let owner: FormBrowser;
	let now: number;

	beforeEach(async () => {
		now = Date.now();
		portal = await startPortal({ now: () => now });
		owner = await portalOwner(portal);
		for (const name of ['Acme', 'Beta']) {
			await portal.hub.call('POST', '/api/v1/workspaces', { name });
		}
	});
	afterEach(() => portal.close());

	async function person(access: Record<string, string | string[]>): Promise<FormBrowser> {
		const name = `${String(access['role'])} ${String(access['reach'])}`;
		const email = `${name.replace(' ', '.')}@example.com`;
		return invited(portal, owner, { name, email, password: PASSWORD }, access);
	}
	const idOf = async (slug: string): Promise<string> =>
		(await portal.hub.call('GET', `/api/v1/workspaces/${slug}`)).body.id;

	/** What the browser gets before anything is followed; a page that stays open is left. */
	async function open(browser: FormBrowser, route: string, slug = 'acme') {
		const [method = '', shape = ''] = route.split(' ');
		const path = shape
			.replace(':slug', slug)
			.replace(':change', 'remove')
			.replace('/assets/:name', '/assets/portal.css')
			.replace(/:\w+/g, 'x');
		const { html } = await browser.get('/account');
		const formToken = /name="formToken" value="([^"]+)"/.exec(html)?.[1] ?? '';
		const answer = await fetch(`${portal.url}${path}`, {
			method,
			headers: { cookie: [...browser.cookies].map((pair) => pair.join('=')).join('; ') },
			redirect: 'manual',
			...(method === 'POST' && { body: new URLSearchParams({ formToken, confirmed: 'yes' }) }),
		});
		await answer.body?.cancel();
		return { status: answer.status, leadsTo: answer.headers.get('location') ?? '' };
	}

	it('says so of every page that there is', () => {
		expect(
			portalRoutes()
				.map(({ name }) => name)
				.sort(),
		).toEqual(Object.keys(PAGE_RIGHTS).sort());
	});

	it('whoever is not signed in comes to the sign-in page, from every page but those before it', async () => {
		const nobody = formBrowser(portal.url);

		for (const [route, least] of pages) {
			const { status, leadsTo } = await open(nobody, route);
			const isSent = status === 303 && leadsTo.startsWith('/sign-in');
			if (route === STREAM) continue;
			if (least !== 'anybody') expect([route, isSent]).toEqual([route, true]);
			// To be taken back there afterwards: that is what a page behind the sign-in says.
			else expect([route, leadsTo.includes('?next=')]).toEqual([route, false]);
		}
	});

	it('what stays open ends at once for whoever is not signed in, and says nothing of what is there', async () => {
		const streams = await Promise.all(
			['acme', 'nothing'].map(async (slug) =>
				(await fetch(`${portal.url}/w/${slug}/activity/stream`)).text(),
			),
		);

		expect(streams).toEqual(['event: gone\ndata: \n\n', 'event: gone\ndata: \n\n']);
	});

	it('a form that is not from this browser does nothing, whoever sends it', async () => {
		for (const [route] of pages.filter(([name]) => name.startsWith('POST'))) {
			const path = route.slice(5).replace(':slug', 'acme').replace(/:\w+/g, 'x');
			const { status, text } = await owner.post(path, { confirmed: 'yes' });
			expect([route, status, text.includes('This page was open for too long')]).toEqual([
				...[route, 403, true],
			]);
		}
	});

	it.each(['viewer', 'connector'] as const)('a %s may open what the table says', async (role) => {
		const browser = await person({ role, reach: 'all' });

		for (const [route, least] of pages.filter(([, one]) => one !== 'anybody')) {
			const { status } = await open(browser, route);
			expect([route, status === 403]).toEqual([route, !mayOpen(role, least)]);
		}
	});

	it('an owner may open every page, and confirms again where the table says so', async () => {
		now += CONFIRMED_FOR_MS;
		const confirming = portalRoutes().filter(({ confirmsAnew }) => confirmsAnew);

		const asked: string[] = [];
		for (const [route] of pages.filter(([, least]) => least !== 'anybody')) {
			const { status, leadsTo } = await open(owner, route);
			expect([route, status]).not.toEqual([route, 403]);
			expect(leadsTo).not.toMatch(/^\/sign-in/);
			if (status === 401 || leadsTo.startsWith('/account/confirm')) asked.push(route);
		}

		expect(asked.sort()).toEqual(confirming.map(({ name }) => name).sort());
	});

	it('nothing is behind any page of a workspace that is not theirs', async () => {
		const ned = await person({
			role: 'connector',
			reach: 'some',
			workspaces: [await idOf('acme')],
		});
		const before = (await portal.hub.call('GET', '/api/v1/workspaces/beta')).body;

		for (const [route] of ofWorkspaces) {
			expect([route, (await open(ned, route, 'beta')).status]).toEqual([route, 404]);
		}

		expect(ofWorkspaces.length).toBeGreaterThan(25);
		expect((await portal.hub.call('GET', '/api/v1/workspaces/beta')).body).toEqual(before);
	});

	it('in each workspace the role there counts', async () => {
		const [acme, beta] = [await idOf('acme'), await idOf('beta')];
		const ned = await person({
			...{ role: 'viewer', reach: 'some', workspaces: [acme, beta] },
			[`role-${acme}`]: 'connector',
		});

		for (const [route, least] of ofWorkspaces) {
			const inAcme = (await open(ned, route, 'acme')).status === 403;
			const inBeta = (await open(ned, route, 'beta')).status === 403;
			expect([route, inAcme, inBeta]).toEqual([
				...[route, !mayOpen('connector', least), !mayOpen('viewer', least)],
			]);
		}
	});

	it('what is in no table is refused to everybody', async () => {
		const known = new Set(Object.keys(PAGE_RIGHTS));
		const strays = [
			...pages.flatMap(([name]) =>
				['GET', 'POST', 'PUT', 'PATCH', 'DELETE'].map(
					(method) => `${method} ${name.split(' ')[1] ?? ''}`,
				),
			),
			...['GET /w/:slug/nothing', 'POST /w/:slug/nothing', 'GET /nothing', 'POST /nothing'],
		].filter((name) => !known.has(name));

		for (const route of new Set(strays)) {
			// `POST /people/:id` and its like: what stands in the place of the id is one.
			const isOther = pages.some(([name]) => covers(name, route));
			if (!isOther) expect([route, (await open(owner, route)).status]).toEqual([route, 404]);
		}
	});
});

function mayOpen(role: PageRight, least: PageRight): boolean {
	return ROLES.indexOf(role) >= ROLES.indexOf(least);
}

/** Whether Express would take the one for the other. */
function covers(name: string, route: string): boolean {
	const pattern = name.replaceAll('.', '\\.').replace(/:\w+/g, '[^/]+');
	return new RegExp(`^${pattern}$`).test(route.replace(/:\w+/g, 'x'));
}
