import { formBrowser, type FormBrowser } from '../../support/portal/formBrowser';
import { invited, portalOwner } from '../../support/portal/portalOwner';
import { startPortal, type StartedPortal } from '../../support/portal/startPortal';

const COLLEAGUE = {
	name: 'Colleague',
	email: 'colleague@example.com',
	password: 'nine quiet bicycles',
};

describe('the people of the portal', () => {
	let portal: StartedPortal;
	let owner: FormBrowser;

	beforeEach(async () => {
		portal = await startPortal();
		owner = await portalOwner(portal);
		for (const name of ['Acme', 'Beta']) {
			await owner.submit(await owner.get('/workspaces/new'), '/workspaces', { name });
		}
	});
	afterEach(() => portal.close());

	async function idOf(name: string): Promise<string> {
		const { body } = await portal.hub.call('GET', `/api/v1/workspaces/${name}`);
		return body.id;
	}

	const personPath = async (email: string) => {
		const { html } = await owner.get('/people');
		const row = html.split('<tr>').find((part) => part.includes(email)) ?? '';
		return /href="(\/people\/[^"]+)"/.exec(row)?.[1] ?? '';
	};

	it('come in by a link that works once', async () => {
		const page = await owner.submit(await owner.get('/people'), '/people/invite', {
			role: 'viewer',
			reach: 'all',
		});
		const { pathname } = new URL(/http[^"]*\/join\/[\w-]+/.exec(page.html)?.[0] ?? '');
		const ned = formBrowser(portal.url);
		const form = await ned.get(pathname);
		const late = formBrowser(portal.url);
		const lateForm = await late.get(pathname);

		const joined = await ned.submit(form, pathname, COLLEAGUE);
		const refused = await late.submit(lateForm, pathname, {
			...COLLEAGUE,
			email: 'other@example.com',
		});

		expect(joined.text).toContain('Acme');
		expect(refused.status).toBe(410);
		expect((await owner.get('/people')).text).not.toContain('other@example.com');
	});

	it('cannot take an address that somebody has', async () => {
		const page = await owner.submit(await owner.get('/people'), '/people/invite', {
			role: 'viewer',
			reach: 'all',
		});
		const { pathname } = new URL(/http[^"]*\/join\/[\w-]+/.exec(page.html)?.[0] ?? '');
		const ned = formBrowser(portal.url);

		const refused = await ned.submit(await ned.get(pathname), pathname, {
			...COLLEAGUE,
			email: 'OWNER@example.com',
		});

		expect(refused.status).toBe(422);
		expect(refused.text).toContain('Somebody with this address has access already.');
	});

	it('see only the workspaces that they were given, and nothing of the others', async () => {
		const ned = await invited(portal, owner, COLLEAGUE, {
			role: 'connector',
			reach: 'some',
			workspaces: [await idOf('acme')],
		});

		expect((await ned.get('/')).text).toContain('Acme');
		expect((await ned.get('/')).text).not.toContain('Beta');
		for (const path of ['', '/organisations', '/app-keys', '/records/invoices', '/events']) {
			expect((await ned.get(`/w/acme${path}`)).status).toBe(200);
			const hidden = await ned.get(`/w/beta${path}`);
			expect(hidden.status).toBe(404);
			expect(hidden.text).toContain('There is no workspace "beta".');
		}
	});

	it.each([
		[{ role: 'connector', reach: 'some' }, 'Choose at least one workspace.'],
		[{ role: 'owner', reach: 'some', workspaces: ['x'] }, 'An owner always sees every workspace.'],
		[{ role: 'emperor', reach: 'all' }, 'Choose a role.'],
	])('cannot be invited as %j', async (access, why) => {
		const page = await owner.submit(await owner.get('/people'), '/people/invite', access);

		expect(page.status).toBe(422);
		expect(page.text).toContain(why);
	});

	it('who were invited are listed until they come, and can be kept out again', async () => {
		const invite = async () => {
			const access = { role: 'viewer', reach: 'all' };
			const page = await owner.submit(await owner.get('/people'), '/people/invite', access);
			const { pathname } = new URL(/http[^"]*\/join\/[\w-]+/.exec(page.html)?.[0] ?? '');
			return { page, pathname };
		};
		const { page, pathname } = await invite();
		expect(page.text).toContain('Open links');
		const revoke = /action="(\/people\/links\/[^"]+)"/.exec(page.html)?.[1] ?? '';
		expect(page.html.split(pathname.replace('/join/', ''))).toHaveLength(2);

		const revoked = await owner.submit(page, revoke);
		const late = await formBrowser(portal.url).get(pathname);
		const again = await owner.post(revoke, {
			formToken: /name="formToken" value="([^"]+)"/.exec(page.html)?.[1] ?? '',
		});

		expect(revoked.text).toContain('The link was revoked');
		expect(revoked.text).not.toContain('Open links');
		expect(late.status).toBe(404);
		expect(again.status).toBe(404);
		const second = await invite();
		const ned = formBrowser(portal.url);
		await ned.submit(await ned.get(second.pathname), second.pathname, COLLEAGUE);
		expect((await owner.get('/people')).text).not.toContain('Open links');
	});

	it('are asked, without a script too, before they remove somebody', async () => {
		const ned = await invited(portal, owner, COLLEAGUE, { role: 'viewer', reach: 'all' });
		const path = await personPath(COLLEAGUE.email);

		const question = await owner.submit(await owner.get(path), `${path}/remove`);
		expect(question.text).toContain('Remove Colleague? Colleague is signed out everywhere');
		expect((await ned.get('/')).at).toBe('/');
		await owner.submit(question, `${path}/remove`);

		expect((await ned.get('/')).at).toBe('/sign-in');
	});

	it('lose what is taken from them at once', async () => {
		const ned = await invited(portal, owner, COLLEAGUE, { role: 'connector', reach: 'all' });
		const path = await personPath(COLLEAGUE.email);

		await owner.submit(await owner.get(path), path, { role: 'viewer', reach: 'all' });
		const asViewer = await ned.get('/w/acme/app-keys');
		await owner.submit(await owner.get(path), `${path}/remove`, { confirmed: 'yes' });

		expect(asViewer.text).toContain('Owners and connectors may change the keys.');
		expect((await ned.get('/')).at).toBe('/sign-in');
	});

	it('may be connectors in one workspace and viewers in another', async () => {
		const [acme, beta] = [await idOf('acme'), await idOf('beta')];
		const ned = await invited(portal, owner, COLLEAGUE, {
			role: 'viewer',
			reach: 'some',
			workspaces: [acme, beta],
			[`role-${acme}`]: 'connector',
		});

		expect((await ned.get('/w/acme/organisations')).text).toContain('Enter the app keys');
		expect((await ned.get('/w/beta/organisations')).text).not.toContain('Enter the app keys');
		const people = (await owner.get('/people')).text;
		expect(people).toContain('Acme (connector), Beta');
	});

	it('keep their role in each workspace when the form is saved as it was shown', async () => {
		const [acme, beta] = [await idOf('acme'), await idOf('beta')];
		await invited(portal, owner, COLLEAGUE, {
			...{ role: 'connector', reach: 'some', workspaces: [acme, beta] },
			[`role-${beta}`]: 'viewer',
		});
		const path = await personPath(COLLEAGUE.email);
		const page = await owner.get(path);

		// The script of the test's browser sends one box of a name: a real one sends both.
		const saved = await owner.submit(page, path, { workspaces: [acme, beta] });

		expect(saved.text).toContain('The access was changed.');
		expect(saved.text).toContain('Acme (connector), Beta');
	});

	it('who are no owners any more leave no link behind that works', async () => {
		const second = await invited(portal, owner, COLLEAGUE, { role: 'owner', reach: 'all' });
		const made = await second.submit(await second.get('/people'), '/people/invite', {
			role: 'owner',
			reach: 'all',
		});
		const { pathname } = new URL(/http[^"]*\/join\/[\w-]+/.exec(made.html)?.[0] ?? '');
		expect((await owner.get('/people')).text).toContain('Invitation Owner All colleague@example');
		const form = await formBrowser(portal.url).get(pathname);
		const path = await personPath(COLLEAGUE.email);

		await owner.submit(await owner.get(path), path, { role: 'viewer', reach: 'all' });

		const ned = formBrowser(portal.url);
		const late = await ned.get(pathname);
		expect(form.status).toBe(200);
		expect(late.status).toBe(410);
		expect(late.text).toContain('This link has ended');
		expect((await owner.get('/people')).text).not.toContain('Open links');
	});

	it('see where they are signed in, and sign out what is not theirs', async () => {
		const ned = await invited(portal, owner, COLLEAGUE, { role: 'viewer', reach: 'all' });
		const thief = formBrowser(portal.url);
		const { email, password } = COLLEAGUE;
		await thief.submit(await thief.get('/sign-in'), '/sign-in', { email, password });

		const account = await ned.get('/account');
		expect(account.text).toMatch(/A browser this one 127\.0\.0\.0\/24/);
		await ned.submit(account, '/account/sessions/end-others');

		expect((await thief.get('/')).at).toBe('/sign-in');
		expect((await ned.get('/')).at).toBe('/');
	});

	it('are signed out by an owner, in one browser or in all', async () => {
		const ned = await invited(portal, owner, COLLEAGUE, { role: 'viewer', reach: 'all' });
		const again = formBrowser(portal.url);
		const { email, password } = COLLEAGUE;
		await again.submit(await again.get('/sign-in'), '/sign-in', { email, password });
		const path = await personPath(COLLEAGUE.email);
		const page = await owner.get(path);

		await owner.submit(page, `${path}/sessions/end`);

		expect((await ned.get('/')).at).toBe('/sign-in');
		expect((await again.get('/')).at).toBe('/sign-in');
		expect((await owner.get(path)).text).toContain('Signed in nowhere.');
		expect((await owner.get('/audit')).text).toContain('User signed out User: colleague@example');
	});

	it('always leave one owner', async () => {
		const path = await personPath('owner@example.com');

		const page = await owner.submit(await owner.get(path), path, { role: 'viewer', reach: 'all' });

		expect(page.status).toBe(409);
		expect(page.text).toContain('This is the only owner.');
	});

	it('who forgot their password get a link to choose a new one', async () => {
		await invited(portal, owner, COLLEAGUE, { role: 'viewer', reach: 'all' });
		const path = await personPath(COLLEAGUE.email);
		const made = await owner.submit(await owner.get(path), `${path}/new-password`);
		const { pathname } = new URL(/http[^"]*\/join\/[\w-]+/.exec(made.html)?.[0] ?? '');
		const ned = formBrowser(portal.url);

		const landed = await ned.submit(await ned.get(pathname), pathname, {
			password: 'ten loud bicycles',
		});
		const inside = await ned.submit(landed, '/sign-in', {
			email: COLLEAGUE.email,
			password: 'ten loud bicycles',
		});

		expect(inside.at).toBe('/');
	});
});
