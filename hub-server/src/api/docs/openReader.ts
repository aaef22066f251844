import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';

/** The build puts it here; Redoc's own package, with all that it is made from, is not shipped. */
const SHIPPED = join(__dirname, 'redoc.standalone.js');

/** The mark beside Redoc's name is the one thing that it asks another host for; without it, it has none. */
const MARK = 'https://cdn.redoc.ly/redoc/logo-mini.svg';

let reader: Promise<string> | undefined;

/** Redoc's script. Read at the first use: a megabyte that few hubs ever need. */
export function openReader(): Promise<string> {
	return (reader ??= read());
}

async function read(): Promise<string> {
	const path = existsSync(SHIPPED) ? SHIPPED : require.resolve('redoc/bundles/redoc.standalone.js');
	return (await readFile(path, 'utf8')).replace(MARK, 'data:,');
}
