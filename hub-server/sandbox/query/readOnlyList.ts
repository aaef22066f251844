import type { Reply } from '../http/Reply';
import { notFound } from '../resource/apiError';
import type { ApiCall, ApiResource } from '../resource/ApiResource';
import { envelope } from '../resource/envelope';
import type { Books } from '../world/Books';
import type { Table, TableRow } from '../world/Table';
import type { Fields } from './Field';
import { listRows } from './listRows';

/** The reading of a resource: its list, and one record by id or natural key. */
export function readOnlyList<Row extends TableRow>(resource: {
	readonly name: string;
	readonly typeName: string;
	readonly scopes: readonly string[];
	readonly fields: Fields<Row>;
	rows(books: Books): Table<Row>;
	keep?(row: Row, call: ApiCall): boolean;
	findByKey?(books: Books, key: string): Row | undefined;
	present(row: Row, call: ApiCall): unknown;
}): ApiResource {
	function list(call: ApiCall): Reply {
		return listRows(call, {
			collection: resource.name,
			typeName: resource.typeName,
			rows: resource.rows(call.books),
			fields: resource.fields,
			paged: false,
			keep: (row) => resource.keep?.(row, call) !== false,
			present: (row) => resource.present(row, call),
		});
	}

	function one(call: ApiCall): Reply {
		const key = call.params['id'] ?? '';
		const rows = resource.rows(call.books);
		const row =
			rows.get(key) ?? rows.get(key.toLowerCase()) ?? resource.findByKey?.(call.books, key);
		return row === undefined
			? notFound()
			: envelope(call, resource.name, [resource.present(row, call)]);
	}

	return {
		name: resource.name,
		scopes: resource.scopes,
		routes: [
			{ method: 'GET', path: `/${resource.name}`, handle: list },
			{ method: 'GET', path: `/${resource.name}/:id`, handle: one },
		],
	};
}
