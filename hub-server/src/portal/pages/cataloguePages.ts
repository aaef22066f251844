import { Router } from 'express';
import { z } from 'zod';
import { EVENT_TYPES, SYNC_ENTITIES } from '../../../protocol';
import { exampleBody } from '../../relay/exampleBody';
import { NotFoundError } from '../../errors/requestErrors';
import { jsonTree } from '../show/jsonTree';
import { pageTemplate, showPage } from '../show/showPage';
import { textOf } from '../show/texts';
import { pageWorkspace } from '../show/visit';
import { schemaOf, type SchemaMember } from '../views/exampleSchema';

const cataloguePage = pageTemplate<{
	at: string;
	groups: readonly { readonly entity: string; readonly types: readonly string[] }[];
	entities: readonly string[];
	entity: string;
	selected: {
		readonly type: string;
		readonly what: string;
		/** Whether only a hub that syncs tells it: Xero has no webhook of that kind. */
		readonly needsSync: boolean;
		readonly schema: readonly SchemaMember[];
		/** As HTML. */
		readonly example: string;
	};
}>('catalogue');

const Query = z.object({ entity: z.string().max(50).catch('').default('') });

/** The moment of every example: what is shown changes with the code alone. */
const EXAMPLE_AT = Date.UTC(2026, 10, 2, 9);

/** `/w/{slug}/catalogue…`: every type of event, what it looks like, and an example. */
export function createCataloguePages(): Router {
	const routes = Router();

	routes.get('/catalogue', (request, response) => {
		const { entity } = Query.parse(request.query);
		const [first = ''] = EVENT_TYPES.filter((type) => entity === '' || entityOf(type) === entity);
		const type = first === '' ? (EVENT_TYPES[0] ?? '') : first;
		show(response, type, first === '' ? '' : entity);
	});

	routes.get('/catalogue/:type', (request, response) => {
		const { type } = request.params;
		if (!EVENT_TYPES.includes(type)) throw new NotFoundError(`There is no event type "${type}".`);
		show(response, type, Query.parse(request.query).entity);
	});

	function show(response: Parameters<typeof pageWorkspace>[0], type: string, entity: string) {
		const workspace = pageWorkspace(response);
		const shown = EVENT_TYPES.filter((one) => entity === '' || entityOf(one) === entity);
		const groups = Map.groupBy(shown, entityOf);
		const example = exampleBody(
			{ events: [type], filter: null, hydrate: true },
			{
				...{ id: EXAMPLE_ID, at: EXAMPLE_AT, workspace: workspace.slug },
				apiUrl: 'https://api.xero.com',
			},
		);
		// It says of a sample that it is one; a real event has no such member.
		const body = Object.fromEntries(Object.entries(example).filter(([name]) => name !== 'sample'));
		const frame = { title: 'Event catalogue', tab: 'catalogue', workspace };
		showPage(response, cataloguePage, frame, {
			at: `/w/${workspace.slug}`,
			groups: [...groups].map(([one, types]) => ({ entity: one, types })),
			entities: [...new Set(EVENT_TYPES.map(entityOf))],
			entity: groups.size === 0 ? '' : entity,
			selected: {
				...{ type, what: textOf.words(type) },
				needsSync: needsSync(type),
				schema: schemaOf(body),
				example: jsonTree(body),
			},
		});
	}
	return routes;
}

const EXAMPLE_ID = '019a4f5e-2b40-7000-8000-000000000000';

function needsSync(type: string): boolean {
	const ofSync: readonly string[] = SYNC_ENTITIES;
	return ofSync.includes(entityOf(type)) || !/\.(?:created|updated)$/.test(type);
}

function entityOf(type: string): string {
	return type.slice(0, type.lastIndexOf('.'));
}
