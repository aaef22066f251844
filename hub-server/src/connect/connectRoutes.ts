import { Router, type Response } from 'express';
import { NotFoundError } from '../errors/requestErrors';
import { AppKeysMissingError } from '../xero/xeroErrors';
import type { ConnectOutcome } from './connectOutcome';
import { connectPage } from './connectPage';
import { PAGE_CONTENT_SECURITY_POLICY } from './htmlPage';
import type { FinishConnect } from './finishConnect';
import type { StartConnect } from './startConnect';

export interface ConnectRoutesDeps {
	/** @throws NotFoundError */
	readonly findWorkspace: (slug: string) => Promise<{ readonly id: string }>;
	readonly startConnect: StartConnect;
	readonly finishConnect: FinishConnect;
	/** Told of every consent that came to an end. */
	readonly onFinished?: (outcome: ConnectOutcome) => void;
}

/** The two addresses that a person's browser visits; what goes wrong is shown as a page. */
export function createConnectRoutes(deps: ConnectRoutesDeps): Router {
	const { findWorkspace, startConnect, finishConnect, onFinished } = deps;
	const routes = Router();

	routes.get('/connect/:slug', async (request, response) => {
		try {
			const workspace = await findWorkspace(request.params.slug);
			response.set('Cache-Control', 'no-store').redirect(await startConnect(workspace));
		} catch (cause) {
			if (cause instanceof NotFoundError) show(response, failed('workspace_unknown'));
			else if (cause instanceof AppKeysMissingError) show(response, failed('app_keys_missing'));
			else throw cause;
		}
	});

	routes.get('/oauth/callback', async (request, response) => {
		const outcome = await finishConnect(new URL(request.originalUrl, 'http://hub').searchParams);
		onFinished?.(outcome);
		show(response, outcome);
	});
	return routes;
}

function failed(reason: 'workspace_unknown' | 'app_keys_missing'): ConnectOutcome {
	return { kind: 'failed', reason };
}

/** The address may still hold a code: it must reach neither a cache nor the next page. */
function show(response: Response, outcome: ConnectOutcome): void {
	const { status, html } = connectPage(outcome);
	response
		.status(status)
		.set({
			'Content-Security-Policy': PAGE_CONTENT_SECURITY_POLICY,
			'Cache-Control': 'no-store',
			'Referrer-Policy': 'no-referrer',
		})
		.type('html')
		.send(html);
}
