import { Router } from 'express';
import { PAGE_CONTENT_SECURITY_POLICY } from '../../connect/htmlPage';
import { createOpenApiDocument } from './createOpenApiDocument';
import { docsPage } from './docsPage';
import { operations } from './operations';

/** `/openapi.json` for programs, `/docs` for people. */
export function createOpenApiRoutes({ publicUrl }: { readonly publicUrl: string }): Router {
	const routes = Router();
	const document = createOpenApiDocument(operations, publicUrl);
	const page = docsPage(operations);

	routes.get('/openapi.json', (_request, response) => {
		response.json(document);
	});
	routes.get('/docs', (_request, response) => {
		response.set('Content-Security-Policy', PAGE_CONTENT_SECURITY_POLICY).type('html').send(page);
	});
	return routes;
}
