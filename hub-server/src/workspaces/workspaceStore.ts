import { createHash } from 'node:crypto';
import type { Kysely, Selectable } from 'kysely';
import type { Clock } from '../clock';
import { ConflictError, NotFoundError } from '../errors/requestErrors';
import { newId } from '../database/newId';
import type { Tables } from '../database/tables';
import type { WorkspaceQuotas } from '../config/quotas';

/** One team or client on this hub. */
export interface Workspace {
	readonly id: string;
	readonly slug: string;
	readonly name: string;
	/** Where deliveries may go although the address is private, such as `http://n8n:5678`. */
	readonly n8nBaseUrls: readonly string[];
	/** Whether its old public link is open to anybody who guesses its slug; only an old workspace has one. */
	readonly connectLink: boolean;
	/** Where a connect session may send a browser back to, such as `https://app.example.com`. */
	readonly returnOrigins: readonly string[];
	/** What is not named here is the operator's for all. */
	readonly quotas: WorkspaceQuotas;
	/** Epoch milliseconds. */
	readonly createdAt: number;
}

export interface NewWorkspace {
	readonly name: string;
	/** Made from the name when absent. */
	readonly slug?: string | undefined;
	readonly n8nBaseUrls?: readonly string[] | undefined;
}

export interface WorkspaceStore {
	/** @throws ConflictError when the slug is taken */
	create(workspace: NewWorkspace): Promise<Workspace>;
	list(): Promise<Workspace[]>;
	/** @throws NotFoundError */
	get(slug: string): Promise<Workspace>;
	/** By id. @throws NotFoundError */
	find(id: string): Promise<Workspace>;
	/** @throws NotFoundError */
	update(
		slug: string,
		change: {
			readonly name?: string | undefined;
			readonly n8nBaseUrls?: readonly string[] | undefined;
			readonly connectLink?: boolean | undefined;
			readonly returnOrigins?: readonly string[] | undefined;
			/** All of them: one that is not named is the operator's for all again. */
			readonly quotas?: WorkspaceQuotas | undefined;
		},
	): Promise<Workspace>;
	/** For the delivery guard; empty when the workspace is gone. */
	n8nBaseUrls(workspaceId: string): Promise<readonly string[]>;
}

export function createWorkspaceStore(deps: {
	readonly db: Kysely<Tables>;
	readonly now: Clock;
}): WorkspaceStore {
	const { db, now } = deps;

	async function findBy(column: 'id' | 'slug', value: string): Promise<Workspace> {
		const row = await db
			.selectFrom('workspaces')
			.selectAll()
			.where(column, '=', value)
			.executeTakeFirst();
		if (!row) throw new NotFoundError(`There is no workspace "${value}".`);
		return toWorkspace(row);
	}

	const get = (slug: string) => findBy('slug', slug);

	return {
		get,
		find: (id) => findBy('id', id),
		async create({ name, slug = slugOf(name), n8nBaseUrls = [] }) {
			const row = await db
				.insertInto('workspaces')
				.values({
					id: newId(now()),
					slug,
					name,
					n8n_base_urls: JSON.stringify(n8nBaseUrls),
					connect_link: 0,
					created_at: now(),
				})
				.onConflict((conflict) => conflict.column('slug').doNothing())
				.returningAll()
				.executeTakeFirst();
			if (!row) {
				throw new ConflictError(`The slug "${slug}" is taken. Give the workspace another slug.`);
			}
			return toWorkspace(row);
		},
		async list() {
			const rows = await db.selectFrom('workspaces').selectAll().orderBy('slug').execute();
			return rows.map(toWorkspace);
		},
		async update(slug, { name, n8nBaseUrls, connectLink, returnOrigins, quotas }) {
			const { id } = await get(slug);
			await db
				.updateTable('workspaces')
				.set((e) => ({
					name: name ?? e.ref('name'),
					n8n_base_urls: n8nBaseUrls ? JSON.stringify(n8nBaseUrls) : e.ref('n8n_base_urls'),
					quotas: quotas ? JSON.stringify(quotas) : e.ref('quotas'),
					return_origins: returnOrigins ? JSON.stringify(returnOrigins) : e.ref('return_origins'),
					connect_link: connectLink === undefined ? e.ref('connect_link') : Number(connectLink),
				}))
				.where('id', '=', id)
				.execute();
			return get(slug);
		},
		async n8nBaseUrls(workspaceId) {
			const row = await db
				.selectFrom('workspaces')
				.select('n8n_base_urls')
				.where('id', '=', workspaceId)
				.executeTakeFirst();
			return row ? (JSON.parse(row.n8n_base_urls) as string[]) : [];
		},
	};
}

/** Lower case letters, digits and dashes: it stands in the URL that Xero calls. */
export const SLUG_PATTERN = /^[a-z0-9](?:[a-z0-9-]{0,62}[a-z0-9])?$/;

/**
 * "Café Noir Ltd." → "cafe-noir-ltd". A name without any usable letter, such as 株式会社, becomes "workspace-" and a
 * few characters of its own, the same each time.
 */
export function slugOf(name: string): string {
	const slug = name
		.normalize('NFKD')
		.replace(/\p{Mark}/gu, '')
		.toLowerCase()
		.replace(/[^a-z0-9]+/g, '-')
		.slice(0, 64)
		.replace(/^-+|-+$/g, '');
	if (slug !== '') return slug;
	return `workspace-${createHash('sha256').update(name).digest('hex').slice(0, 6)}`;
}

function toWorkspace(row: Selectable<Tables['workspaces']>): Workspace {
	return {
		id: row.id,
		slug: row.slug,
		name: row.name,
		n8nBaseUrls: JSON.parse(row.n8n_base_urls) as string[],
		connectLink: row.connect_link === 1,
		returnOrigins: JSON.parse(row.return_origins) as string[],
		quotas: JSON.parse(row.quotas) as WorkspaceQuotas,
		createdAt: row.created_at,
	};
}
