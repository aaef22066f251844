import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import SqliteDatabase from 'better-sqlite3';
import { Client } from 'pg';

/** Where a ledger is kept: a data folder, or a PostgreSQL database. */
export type LedgerPlace = { readonly dataDir: string } | { readonly databaseUrl: string };

/** A ledger as plain SQL statements, which an empty database of the same engine takes in this order. */
export interface LedgerDump {
	readonly schema: string;
	readonly data: string;
	/** Rows of each table. */
	readonly counts: Readonly<Record<string, number>>;
}

/** The ledger as it is at one moment; a hub may be at work on it. */
export async function dumpLedger(place: LedgerPlace): Promise<LedgerDump> {
	return 'dataDir' in place ? dumpSqlite(place.dataDir) : dumpPostgres(place.databaseUrl);
}

/** @param place an empty folder, or an empty database */
export async function loadLedger(
	place: LedgerPlace,
	{ schema, data }: Pick<LedgerDump, 'schema' | 'data'>,
): Promise<void> {
	await runSql(place, `${schema}\n${data}`);
}

/** Runs statements on a ledger from outside the hub. */
export async function runSql(place: LedgerPlace, statements: string): Promise<void> {
	if ('dataDir' in place) {
		mkdirSync(place.dataDir, { recursive: true });
		const file = new SqliteDatabase(fileOf(place.dataDir));
		try {
			// Tables stand by their names, so a row may come before the one that it points at.
			file.pragma('foreign_keys = OFF');
			file.exec(statements);
		} finally {
			file.close();
		}
		return;
	}
	await withClient(place.databaseUrl, (client) => client.query(statements));
}

function fileOf(dataDir: string): string {
	return join(dataDir, 'hub.sqlite');
}

interface Column {
	readonly name: string;
	readonly type: string;
}

type Row = Readonly<Record<string, unknown>>;

function dumpSqlite(dataDir: string): LedgerDump {
	const file = new SqliteDatabase(fileOf(dataDir), { readonly: true });
	try {
		return file.transaction(() => {
			const objects = file
				.prepare(
					`select type, name, sql from sqlite_master
						where sql is not null and name not like 'sqlite\\_%' escape '\\'
						order by type desc, name`,
				)
				.all() as { type: string; name: string; sql: string }[];
			const tables = objects
				.filter(({ type }) => type === 'table')
				.map(({ name }) => {
					const columns = file.pragma(`table_info("${name}")`) as Column[];
					const rows = file.prepare(`select * from "${name}" ${orderOf(columns)}`).all() as Row[];
					return { name, columns, rows };
				});
			return {
				// Triggers are none of the hub's.
				schema: lines(objects.filter(({ type }) => type !== 'trigger').map(({ sql }) => `${sql};`)),
				data: lines(tables.map((table) => insertsOf(table))),
				counts: countsOf(tables),
			};
		})();
	} finally {
		file.close();
	}
}

async function dumpPostgres(databaseUrl: string): Promise<LedgerDump> {
	return withClient(databaseUrl, async (client) => {
		await client.query('begin isolation level repeatable read read only');
		const names = (
			await client.query<{ name: string }>(
				`select relname as name from pg_class
					where relnamespace = 'public'::regnamespace and relkind = 'r' order by 1`,
			)
		).rows.map(({ name }) => name);
		const tables = [];
		for (const name of names) {
			const columns = (await client.query<Column>(POSTGRES_COLUMNS, [name])).rows;
			// As text: every type is read back as it was written.
			const list = columns.map((column) => `"${column.name}"::text`).join(', ');
			const { rows } = await client.query<Row>(`select ${list} from "${name}" ${orderOf(columns)}`);
			tables.push({ name, columns, rows });
		}
		const linesOf = async (sql: string) =>
			(await client.query<{ line: string }>(sql)).rows.map(({ line }) => line);
		return {
			schema: lines([
				...(await linesOf(POSTGRES_SEQUENCES)),
				...(await linesOf(POSTGRES_TABLES)),
				...(await linesOf(POSTGRES_OWNERS)),
				...(await linesOf(POSTGRES_KEYS)),
				...(await linesOf(POSTGRES_INDEXES)),
				...(await linesOf(POSTGRES_REFERENCES)),
			]),
			data: lines([
				// As with SQLite: rows need not come in the order of their references.
				'set session_replication_role = replica;',
				...tables.map((table) => insertsOf(table)),
				...(await linesOf(POSTGRES_SEQUENCE_VALUES)),
				'set session_replication_role = default;',
			]),
			counts: countsOf(tables),
		};
	});
}

const POSTGRES_COLUMNS = `
	select attname as name, format_type(atttypid, atttypmod) as type from pg_attribute
	where attrelid = $1::regclass and attnum > 0 and not attisdropped order by attnum`;

const POSTGRES_SEQUENCES = `
	select format('CREATE SEQUENCE %I;', relname) as line from pg_class
	where relnamespace = 'public'::regnamespace and relkind = 'S' order by relname`;

const POSTGRES_TABLES = `
	select format(E'CREATE %sTABLE %I (\\n%s\\n);',
		case when c.relpersistence = 'u' then 'UNLOGGED ' else '' end,
		c.relname,
		string_agg(
			format(E'\\t%I %s', a.attname, format_type(a.atttypid, a.atttypmod))
				|| coalesce(' DEFAULT ' || pg_get_expr(d.adbin, d.adrelid), '')
				|| case when a.attnotnull then ' NOT NULL' else '' end,
			E',\\n' order by a.attnum)) as line
	from pg_class c
	join pg_attribute a on a.attrelid = c.oid and a.attnum > 0 and not a.attisdropped
	left join pg_attrdef d on d.adrelid = c.oid and d.adnum = a.attnum
	where c.relnamespace = 'public'::regnamespace and c.relkind = 'r'
	group by c.relname, c.relpersistence order by c.relname`;

const constraints = (kinds: string) => `
	select format('ALTER TABLE %s ADD CONSTRAINT %I %s;', conrelid::regclass, conname,
		pg_get_constraintdef(oid)) as line
	from pg_constraint
	where connamespace = 'public'::regnamespace and contype in (${kinds})
	order by conrelid::regclass::text, conname`;

const POSTGRES_KEYS = constraints("'p', 'u', 'c', 'x'");

const POSTGRES_REFERENCES = constraints("'f'");

const POSTGRES_INDEXES = `
	select pg_get_indexdef(i.indexrelid) || ';' as line
	from pg_index i join pg_class c on c.oid = i.indexrelid
	where c.relnamespace = 'public'::regnamespace
		and not exists (select from pg_constraint k where k.conindid = i.indexrelid)
	order by c.relname`;

const POSTGRES_OWNERS = `
	select format('ALTER SEQUENCE %s OWNED BY %s.%I;',
		d.objid::regclass, d.refobjid::regclass, a.attname) as line
	from pg_depend d
	join pg_class s on s.oid = d.objid and s.relkind = 'S'
	join pg_attribute a on a.attrelid = d.refobjid and a.attnum = d.refobjsubid
	where d.deptype = 'a' and d.classid = 'pg_class'::regclass
	order by d.objid::regclass::text`;

const POSTGRES_SEQUENCE_VALUES = `
	select format('SELECT setval(%L, %s);', sequencename, last_value) as line
	from pg_sequences where schemaname = 'public' and last_value is not null order by sequencename`;

/** By the primary key: it stands first, and none has more than two columns. */
function orderOf(columns: readonly Column[]): string {
	return columns.length > 1 ? 'order by 1, 2' : 'order by 1';
}

interface Table {
	readonly name: string;
	readonly columns: readonly Column[];
	readonly rows: readonly Row[];
}

function insertsOf({ name, columns, rows }: Table): string {
	const list = columns.map((column) => `"${column.name}"`).join(', ');
	const statements = rows.map((row) => {
		const values = columns.map((column) => literal(row[column.name])).join(', ');
		return `INSERT INTO "${name}" (${list}) VALUES (${values});`;
	});
	return statements.join('\n');
}

/** PostgreSQL takes the text of any type in quotes. */
function literal(value: unknown): string {
	if (value === null || value === undefined) return 'NULL';
	if (typeof value === 'number' || typeof value === 'bigint') return String(value);
	if (Buffer.isBuffer(value)) return `X'${value.toString('hex')}'`;
	return `'${String(value).replaceAll("'", "''")}'`;
}

function countsOf(tables: readonly Table[]): Readonly<Record<string, number>> {
	return Object.fromEntries(tables.map(({ name, rows }) => [name, rows.length]));
}

function lines(statements: readonly string[]): string {
	return `${statements.filter((one) => one !== '').join('\n')}\n`;
}

async function withClient<T>(url: string, work: (client: Client) => Promise<T>): Promise<T> {
	const client = new Client({ connectionString: url });
	await client.connect();
	try {
		return await work(client);
	} finally {
		await client.end();
	}
}
