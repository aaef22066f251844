import type { IDataObject } from 'n8n-workflow';

import type { ConnectedEngine } from '../support/connectedEngine';

/** Xero as the sandbox has it, reached without the node: to prepare records and to look afterwards. */
export interface Ledger {
	readonly tenantId: string;
	/** Creates records below `/api.xro/2.0/`, and gives back the first that was saved. */
	put(path: string, body: unknown): Promise<IDataObject>;
	/** As `put`, with POST. */
	post(path: string, body: unknown): Promise<IDataObject>;
	/** The records of a list, or the one record of an address with an id. */
	get(path: string): Promise<IDataObject[]>;
	/** Any call at all. */
	call(method: string, path: string, body?: unknown): Promise<Response>;
	/** Puts a text file into the inbox of the file library, as a browser's form does. */
	uploadFile(fileName: string, content: string): Promise<IDataObject>;
	/** Text that no record has yet. */
	unique(text: string): string;
}

export function ledgerOfSandbox({ sandbox, tokens, tenantId }: ConnectedEngine): Ledger {
	let count = 0;
	const call: Ledger['call'] = async (method, path, body) =>
		await sandbox.call(tokens, tenantId, method, path, body);
	const write = (method: string) => async (path: string, body: unknown) => {
		const response = await call(method, `/api.xro/2.0/${path}`, body);
		const text = await response.text();
		if (!response.ok) throw new Error(`${method} ${path}: ${response.status} ${text}`);
		return firstRecord(JSON.parse(text) as IDataObject);
	};
	return {
		tenantId,
		call,
		put: write('PUT'),
		post: write('POST'),
		async get(path) {
			const response = await call('GET', `/api.xro/2.0/${path}`);
			if (!response.ok) return [];
			return Object.values((await response.json()) as IDataObject).find(
				Array.isArray,
			) as IDataObject[];
		},
		async uploadFile(fileName, content) {
			const form = new FormData();
			form.append(fileName, new Blob([content], { type: 'text/plain' }), fileName);
			const response = await fetch(`${sandbox.url}/files.xro/1.0/Files`, {
				method: 'POST',
				headers: { authorization: `Bearer ${tokens.access_token}`, 'xero-tenant-id': tenantId },
				body: form,
			});
			if (!response.ok) throw new Error(`Upload: ${response.status} ${await response.text()}`);
			return (await response.json()) as IDataObject;
		},
		unique: (text) => `${text} ${++count}`,
	};
}

function firstRecord(body: IDataObject): IDataObject {
	const records = Object.values(body).find(Array.isArray) as IDataObject[] | undefined;
	return records?.[0] ?? body;
}
