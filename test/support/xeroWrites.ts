import { apis } from '../../hub-server/sandbox/apis/apiOf';

/** One way to write to Xero. */
export interface XeroWrite {
	readonly method: string;
	/** Such as `/api.xro/2.0/Invoices/:id`. */
	readonly path: string;
}

/** Every way that the sandbox knows, so all that the nodes use: each of their operations is tried there. */
export function xeroWrites(): readonly XeroWrite[] {
	const all = apis.flatMap(({ prefix, resources }) =>
		resources.flatMap(({ routes }) =>
			routes
				.filter(({ method }) => method !== 'GET')
				.map(({ method, path }) => ({ method, path: prefix + path })),
		),
	);
	const unique = new Map(all.map((write) => [`${write.path} ${write.method}`, write]));
	return [...unique].sort(([one], [other]) => (one < other ? -1 : 1)).map(([, write]) => write);
}
