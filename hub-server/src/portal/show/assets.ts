import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { Router } from 'express';

interface Asset {
	readonly type: string;
	readonly body: Buffer;
	/** Changes with the bytes, so that browsers may keep a file for ever. */
	readonly version: string;
}

const OWN = join(__dirname, '..', 'assets');

const WEBAUTHN = join(dirname(require.resolve('@simplewebauthn/browser')), '..');

const INTER = dirname(require.resolve('@fontsource-variable/inter/package.json'));

const fonts = new Map(
	['latin', 'latin-ext'].map((subset) => [
		`inter-${subset}.woff2`,
		readAsset('font/woff2', join(INTER, `files/inter-${subset}-wght-normal.woff2`)),
	]),
);

/** Read once, at the first use. htmx comes from its npm package: no other host is asked. */
const assets: ReadonlyMap<string, Asset> = new Map([
	['portal.css', styleSheet(join(OWN, 'portal.css'))],
	['portal.js', readAsset('text/javascript', join(OWN, 'portal.js'))],
	['theme.js', readAsset('text/javascript', join(OWN, 'theme.js'))],
	...fonts,
	['icon.svg', readAsset('image/svg+xml', join(OWN, 'icon.svg'))],
	['htmx.js', readAsset('text/javascript', require.resolve('htmx.org/dist/htmx.min.js'))],
	['passkeys.js', readAsset('text/javascript', join(OWN, 'passkeys.js'))],
	// Its package names no file but its modules.
	['webauthn.js', readAsset('text/javascript', join(WEBAUTHN, 'dist/bundle/index.umd.min.js'))],
	['htmx-sse.js', readAsset('text/javascript', require.resolve('htmx.org/dist/ext/hx-sse.min.js'))],
]);

/** The address of a file, for templates. */
export function assetUrl(name: string): string {
	const asset = assets.get(name);
	if (asset === undefined) throw new Error(`The portal has no asset "${name}".`);
	return `/assets/${name}?v=${asset.version}`;
}

/** `/assets/…`: style, script and icon. */
export function createAssetRoutes(): Router {
	const routes = Router();
	routes.get('/assets/:name', (request, response, next) => {
		const asset = assets.get(request.params.name);
		if (asset === undefined) {
			next();
			return;
		}
		response
			.set('Cache-Control', 'public, max-age=31536000, immutable')
			.type(asset.type)
			.send(asset.body);
	});
	return routes;
}

function readAsset(type: string, path: string): Asset {
	return versioned(type, readFileSync(path));
}

/** Its fonts have the addresses that a page preloads: under another, a browser would fetch them twice. */
function styleSheet(path: string): Asset {
	const text = readFileSync(path, 'utf8').replace(
		/\/assets\/([\w-]+\.woff2)/g,
		(address, name: string) => `${address}?v=${fonts.get(name)?.version ?? ''}`,
	);
	return versioned('text/css', Buffer.from(text));
}

function versioned(type: string, body: Buffer): Asset {
	const version = createHash('sha256').update(body).digest('hex').slice(0, 12);
	return { type, body, version };
}
