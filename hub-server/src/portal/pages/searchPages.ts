import { Router } from 'express';
import { z } from 'zod';
import { isAllowed, seesWorkspace } from '../access/permissions';
import { pageTemplate, showPage } from '../show/showPage';
import { pageWorkspace, userOf } from '../show/visit';
import { holder, searchWorkspace, type FoundGroup } from '../views/searchWorkspace';
import type { WorkspacePages } from './workspacePages';

const searchPage = pageTemplate<{
	/** Where the form goes. */
	action: string;
	wanted: string;
	groups: readonly FoundGroup[];
	/** In Xero itself; undefined where the search is over many workspaces. */
	elsewhere: readonly { readonly href: string; readonly label: string }[];
}>('search');

/** What nobody would type is cut, not refused. */
const Query = z.object({
	q: z
		.string()
		.transform((text) => text.trim().slice(0, 100))
		.catch('')
		.default(''),
});

/** Looked through for one search over all, those that match by name first: each is some reads. */
const WORKSPACES_READ = 20;

const SHOWN = 8;

/** `/w/{slug}/search`: what the workspace has by a name or an id. */
export function createSearchPages(pages: WorkspacePages): Router {
	const routes = Router();

	routes.get('/search', async (request, response) => {
		const workspace = pageWorkspace(response);
		const { q: wanted } = Query.parse(request.query);
		const at = `/w/${workspace.slug}`;
		const administers = isAllowed(userOf(response), 'administer', workspace.id);
		const groups =
			wanted === '' ? [] : await searchWorkspace(pages, workspace, wanted, { administers });
		showPage(
			response,
			searchPage,
			{ title: 'Search', workspace },
			{
				...{ action: `${at}/search`, wanted, groups },
				elsewhere: [
					['invoices', 'Invoices'],
					['contacts', 'Contacts'],
					['payments', 'Payments'],
				].map(([kind, title]) => ({
					href: `${at}/records/${kind}?q=${encodeURIComponent(wanted)}`,
					label: `${title} in Xero`,
				})),
			},
		);
	});
	return routes;
}

/** `/search`: over the workspaces that the person may see; people, for owners of all. */
export function createSearchRoutes(pages: WorkspacePages): Router {
	const routes = Router();

	routes.get('/search', async (request, response) => {
		const user = userOf(response);
		const { q: wanted } = Query.parse(request.query);
		const all = wanted === '' ? [] : await pages.workspaces.list();
		const has = holder(wanted);
		const seen = all
			.filter(({ id }) => seesWorkspace(user, id))
			.toSorted((a, b) => Number(has(b.name, b.slug)) - Number(has(a.name, a.slug)));
		const groups: FoundGroup[] = [
			{
				title: 'Workspaces',
				items: seen
					.filter(({ name, slug }) => has(name, slug))
					.map(({ name, slug }) => ({ href: `/w/${slug}`, label: name, note: slug })),
			},
		];
		if (wanted !== '' && isAllowed(user, 'administer', undefined)) {
			const people = (await pages.users.list()).filter(({ name, email }) => has(name, email));
			groups.push({
				title: 'People',
				items: people.map(({ id, name, email }) => ({
					href: `/people/${id}`,
					label: name,
					note: email,
				})),
			});
		}
		for (const workspace of seen.slice(0, WORKSPACES_READ)) {
			const administers = isAllowed(user, 'administer', workspace.id);
			const found = await searchWorkspace(pages, workspace, wanted, { administers });
			groups.push(
				...found.map(({ title, items }) => ({ title: `${workspace.name}: ${title}`, items })),
			);
		}
		showPage(
			response,
			searchPage,
			{ title: 'Search' },
			{
				...{ action: '/search', wanted, elsewhere: [] },
				groups: groups
					.map(({ title, items }) => ({ title, items: items.slice(0, SHOWN) }))
					.filter(({ items }) => items.length > 0),
			},
		);
	});
	return routes;
}
