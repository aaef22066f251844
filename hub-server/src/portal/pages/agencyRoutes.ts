import { Router } from 'express';
import { z } from 'zod';
import type {
	OrganisationStanding,
	ReadStandings,
	StandingsPage,
	StandingsWish,
} from '../../administration/organisationStandings';
import type { Clock } from '../../clock';
import { PAGE_ROWS } from '../show/pageRows';
import { pageTemplate, showPage } from '../show/showPage';
import { userOf } from '../show/visit';
import { standingView, type StandingView } from '../views/standingView';

const agencyPage = pageTemplate<{
	rows: readonly StandingView[];
	counts: StandingsPage['counts'];
	matching: number;
	wish: Pick<StandingsWish, 'show' | 'order' | 'search' | 'page'>;
	pages: number;
	/** The address of this list with something else in it. */
	at(changes: Readonly<Record<string, string | number>>): string;
}>('agency');

/** What cannot be read is as usual: the address is typed by hand, too. */
const Wish = z.object({
	show: z.enum(['all', 'attention', 'off']).catch('all'),
	order: z.enum(['attention', 'name', 'workspace', 'oldest']).catch('attention'),
	search: z.string().trim().max(200).catch(''),
	page: z.coerce.number().int().min(1).max(10_000).catch(1),
});

interface AgencyRoutesDeps {
	readonly readStandings: ReadStandings;
	readonly now: Clock;
}

/** `/organisations`: those of every workspace that the person may see. */
export function createAgencyRoutes({ readStandings, now }: AgencyRoutesDeps): Router {
	const routes = Router();

	routes.get('/organisations', async (request, response) => {
		const wish = Wish.parse(request.query);
		const reach = userOf(response).workspaces;
		const workspaces = reach === 'all' ? reach : reach.map(({ id }) => id);
		const page = await readStandings({ ...wish, workspaces, limit: PAGE_ROWS });
		const at = now();
		showPage(
			response,
			agencyPage,
			{ title: 'All organisations', tab: 'organisations' },
			{
				rows: page.items.map((standing: OrganisationStanding) => standingView(standing, at)),
				counts: page.counts,
				matching: page.matching,
				wish,
				pages: Math.max(1, Math.ceil(page.matching / PAGE_ROWS)),
				at: (changes) => addressOf({ ...wish, page: 1, ...changes }),
			},
		);
	});
	return routes;
}

function addressOf(wish: Readonly<Record<string, string | number>>): string {
	const usual: Readonly<Record<string, string | number>> = {
		...{ show: 'all', order: 'attention', search: '', page: 1 },
	};
	const query = new URLSearchParams();
	for (const [name, value] of Object.entries(wish)) {
		if (value !== usual[name]) query.set(name, String(value));
	}
	return query.size === 0 ? '/organisations' : `/organisations?${query}`;
}
