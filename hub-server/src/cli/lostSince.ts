import SqliteDatabase from 'better-sqlite3';
import type { LostSince } from '../administration/markRestored';

/**
 * What a ledger that was replaced had, and the one in its place has not, by workspace. Only names are
 * compared, in columns that the first version had already.
 *
 * @returns undefined when the replaced one cannot be read
 */
export function lostSince(
	replaced: string,
	restored: string,
): ReadonlyMap<string, LostSince> | undefined {
	let before: Named;
	try {
		before = readNames(replaced);
	} catch {
		return undefined;
	}
	const after = readNames(restored);
	const lost = (kind: keyof Named) => {
		const known = new Set(
			after[kind].map(({ workspaceId, known: what }) => `${workspaceId} ${what}`),
		);
		return Map.groupBy(
			before[kind].filter((row) => !known.has(`${row.workspaceId} ${row.known}`)),
			({ workspaceId }) => workspaceId,
		);
	};
	const [workflows, apiKeys, organisations] = [
		lost('workflows'),
		lost('apiKeys'),
		lost('organisations'),
	];
	const namesOf = (rows: readonly NamedRow[] = []) => rows.map(({ name }) => name);
	const ids = new Set([...workflows.keys(), ...apiKeys.keys(), ...organisations.keys()]);
	return new Map(
		[...ids].map((id) => [
			id,
			{
				workflows: namesOf(workflows.get(id)),
				apiKeys: namesOf(apiKeys.get(id)),
				organisations: namesOf(organisations.get(id)),
			},
		]),
	);
}

interface NamedRow {
	readonly workspaceId: string;
	/** By what it is the same in both. */
	readonly known: string;
	/** For people. */
	readonly name: string;
}

type Named = Readonly<Record<keyof LostSince, readonly NamedRow[]>>;

function readNames(path: string): Named {
	const file = new SqliteDatabase(path, { readonly: true, fileMustExist: true });
	const all = (query: string) => file.prepare(query).all() as NamedRow[];
	try {
		return {
			workflows: all(
				'select workspace_id as workspaceId, url as known, url as name from subscriptions order by url',
			),
			apiKeys: all(
				'select workspace_id as workspaceId, id as known, name from api_keys where revoked_at is null order by id',
			),
			organisations: all(
				`select c.workspace_id as workspaceId, c.tenant_id || ' ' || g.id || ' ' || g.gen as known,
					coalesce(c.tenant_name, c.tenant_id) as name
				from connections as c join grants as g on g.id = c.grant_id order by name`,
			),
		};
	} finally {
		file.close();
	}
}
