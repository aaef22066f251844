import { Router } from 'express';
import type { OpenApiDocument } from '../../http/openapi/createOpenApiDocument';
import { DOCS_CONTENT_SECURITY_POLICY, DOCS_PAGE, DOCS_SCRIPT, DOCS_STYLE } from './docsPage';
import { openReader } from './openReader';

/** `/openapi.json` for programs, `/docs` for people: the same, in a reader that the hub serves itself. */
export function createDocsRoutes(document: OpenApiDocument): Router {
	const routes = Router();

	routes.get('/openapi.json', (_request, response) => {
		response.json(document);
	});
	routes.get('/docs', (_request, response) => {
		response
			.set('Content-Security-Policy', DOCS_CONTENT_SECURITY_POLICY)
			.type('html')
			.send(DOCS_PAGE);
	});
	routes.get('/docs/docs.css', (_request, response) => {
		response.type('css').send(DOCS_STYLE);
	});
	routes.get('/docs/docs.js', (_request, response) => {
		response.type('js').send(DOCS_SCRIPT);
	});
	routes.get('/docs/reader.js', async (_request, response) => {
		response
			.set('Cache-Control', 'public, max-age=3600')
			.type('js')
			.send(await openReader());
	});
	return routes;
}
