import { Client } from 'pg';

/** Every row of every table of a PostgreSQL database as JSON, one a line; bytes are in hex. */
export async function databaseText(url: string): Promise<string> {
	const client = new Client({ connectionString: url });
	await client.connect();
	try {
		const tables = await client.query<{ name: string }>(
			`SELECT format('%I.%I', table_schema, table_name) AS name FROM information_schema.tables
			 WHERE table_schema NOT IN ('pg_catalog', 'information_schema')`,
		);
		const lines: string[] = [];
		for (const { name } of tables.rows) {
			const { rows } = await client.query<{ row: string }>(
				`SELECT to_jsonb(t)::text AS row FROM ${name} AS t`,
			);
			lines.push(...rows.map(({ row }) => row));
		}
		return lines.join('\n');
	} finally {
		await client.end();
	}
}
