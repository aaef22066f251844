import type { Generated } from 'kysely';
import type { EventType } from '../../protocol';
import type { PortalTables } from './portalTables';

/**
 * The rows of the ledger as both engines return them. Times are epoch milliseconds, flags are 0 or
 * 1, columns marked "Sealed" hold AES-256-GCM text, never plain.
 */
/** `partly`: Xero saved some of the records; `unknown`: whether it saved them is not known. */
export type WriteOutcome = 'saved' | 'partly' | 'refused' | 'unknown';

/** What automation may write into an organisation through the hub. */
export type WritePolicy = 'none' | 'drafts' | 'all';

export interface Tables extends PortalTables {
	settings: { name: string; value: string };

	admin_keys: {
		id: string;
		name: string;
		/** SHA-256 of the key in hex; the key itself is never kept. */
		hash: string;
		created_at: number;
		revoked_at: number | null;
		last_used_at: number | null;
		expires_at: number | null;
		/** As the audit log names them; null for keys of before it was noted. */
		made_by: Generated<string | null>;
	};

	workspaces: {
		id: string;
		slug: string;
		name: string;
		/** JSON array: where this workspace's n8n may be reached although it is private. */
		n8n_base_urls: string;
		/** The old public link: whether `/connect/{slug}` begins a consent for whoever opens it. */
		connect_link: Generated<number>;
		/** JSON array: where a connect session may send a browser back to. */
		return_origins: Generated<string>;
		/** JSON: the name of a plan, and quotas of its own. */
		quotas: Generated<string>;
		created_at: number;
	};

	app_keys: {
		workspace_id: string;
		client_id: string;
		/** Sealed. */
		client_secret: string;
		/** Sealed. */
		webhook_key: string | null;
		/** Sealed JSON array: the app's second key, and those that were replaced, each until when. */
		previous_webhook_key: string | null;
		/** Of a single key that an older hub sealed there; null otherwise. */
		previous_webhook_key_until: number | null;
		/** Space separated, as Xero wants it. */
		scopes: string;
		tier: string;
		/** When an intent-to-receive check, signed with these keys, was last seen. */
		handshake_at: number | null;
		/** When Xero's token endpoint last accepted id and secret; null since they were changed. */
		verified_at: Generated<number | null>;
		updated_at: number;
	};

	api_keys: {
		id: string;
		workspace_id: string;
		name: string;
		/** SHA-256 of the key in hex. */
		hash: string;
		created_at: number;
		last_used_at: number | null;
		revoked_at: number | null;
		/** Space separated; null: made before keys had scopes, so it may do everything. */
		scopes: string | null;
		/** Space separated; null: all of the workspace. */
		tenant_ids: string | null;
		expires_at: number | null;
	};

	connect_states: {
		/** SHA-256 of the `state` parameter in hex. */
		state_hash: string;
		workspace_id: string;
		/** Sealed PKCE verifier. */
		code_verifier: string;
		nonce: string;
		expires_at: number;
		used_at: number | null;
		/** The organisation that a reconnect is for. */
		tenant_id: Generated<string | null>;
		/** SHA-256 of the portal session that began it; null where no session did. */
		browser_hash: Generated<string | null>;
		/** The person of the portal who began it; null where nobody of the portal did. */
		user_id: Generated<string | null>;
		/** The API key or admin key that began it, or the connect link, as the audit log names it. */
		started_by: Generated<string | null>;
		/** The connect link that it was begun with. */
		link_id: Generated<string | null>;
		/** What becomes of a new organisation; null: it is accepted. */
		on_connect: Generated<OnConnect | null>;
		/** Where a connect session sends the browser back to, and what it echoes there. */
		return_url: Generated<string | null>;
		return_state: Generated<string | null>;
		/** The customer's own id of the person who connects. */
		external_user_id: Generated<string | null>;
		/** The admin key that began it. */
		admin_key_id: Generated<string | null>;
	};

	/** Addresses with which somebody without an account connects an organisation. */
	connect_links: {
		id: string;
		workspace_id: string;
		/** SHA-256 of the last part of the address in hex. */
		token_hash: string;
		/** As the audit log names them. */
		made_by: string;
		/** The person of the portal who made it; null where a key or a command did. */
		user_id: string | null;
		/** The admin key that made it; null where a person or a command did, and before it was noted. */
		admin_key_id: Generated<string | null>;
		on_connect: OnConnect;
		/** 1: it ends with its first use. */
		is_once: number;
		expires_at: number;
		/** How many consents came by it. */
		uses: number;
		used_at: number | null;
		/** When somebody ended it, or it was found that its maker may not connect any more. */
		ended_at: number | null;
		created_at: number;
	};

	/** Consents that would replace another user's, and wait for a member of the workspace. */
	connection_replacements: {
		connection_id: string;
		workspace_id: string;
		/** Of the new consent. */
		grant_id: string;
		xero_connection_id: string;
		asked_at: number;
	};

	grants: {
		id: string;
		/** Its home: the tokens are sealed for it. Others may use the grant too. */
		workspace_id: string;
		/** Of the app to which the user consented. */
		client_id: string;
		xero_user_id: string;
		/** Sealed. */
		access_token: string;
		/** Sealed; null for client-credentials grants. */
		refresh_token: string | null;
		scope: string;
		/** When the access token ends. */
		expires_at: number;
		/** Generation: grows by one with every token set; fences late writers. */
		gen: number;
		status: GrantStatus;
		/** Since when no workspace has keys of the app; null while one has. */
		keys_lost_at: number | null;
		lease_id: string | null;
		lease_until: number | null;
		refreshed_at: number;
		created_at: number;
	};

	/** The journal of refreshes: what Xero answered, until the grant holds it. */
	token_answers: {
		/** The lease under which it was asked for. */
		id: string;
		workspace_id: string;
		grant_id: string;
		/** The grant's generation that was traded in. */
		gen: number;
		/** Sealed. */
		access_token: string;
		/** Sealed. */
		refresh_token: string;
		scope: string;
		expires_at: number;
	};

	connections: {
		id: string;
		workspace_id: string;
		grant_id: string;
		xero_connection_id: string;
		tenant_id: string;
		tenant_name: string | null;
		tenant_type: string;
		enabled: number;
		created_at: number;
		/** Whether its streams run. */
		sync_enabled: Generated<number>;
		/** 1: the streams that start by themselves were made. */
		sync_begun: Generated<number>;
		/** What automation may write into it. */
		write_policy: Generated<WritePolicy>;
		/** States of another epoch are of an organisation that was reset since. Null: the connection's id. */
		record_epoch: Generated<string | null>;
		/** Xero's name of the organisation's time zone, and when it was read; null before. */
		time_zone: Generated<string | null>;
		time_zone_at: Generated<number | null>;
		/** Since when it waits for a member of the workspace to confirm it; it is off until then. */
		held_at: Generated<number | null>;
		/** The customer's own id of the person who connected it. */
		external_user_id: Generated<string | null>;
		/** Who connected it, as the audit log names them; null where that was before they were noted. */
		connected_by: Generated<string | null>;
	};

	/** A workspace's own key, for what is sealed in great number. */
	data_keys: {
		workspace_id: string;
		/** Sealed, base64. */
		key: string;
	};

	/** One entity of one connection, kept up to date. */
	sync_streams: {
		id: string;
		workspace_id: string;
		connection_id: string;
		tenant_id: string;
		entity: string;
		enabled: number;
		every_seconds: number | null;
		cron: string | null;
		time_zone: string | null;
		tell_existing: number;
		/** 1: a person has agreed to sweeps of a large list. */
		sweep_confirmed: Generated<number>;
		/** Everything that changed up to then has been stored; null before the first complete run. */
		since: number | null;
		/** When a run was first complete, since the beginning, a reset or a restore. */
		baseline_at: number | null;
		/** The run under way. */
		run_id: string | null;
		/** JSON: where the run under way goes on. */
		position: string | null;
		/** The kind of run that comes next, whatever is due. */
		wanted: SyncKind | null;
		/** Records that are known and not deleted. */
		known: Generated<number>;
		known_bytes: Generated<number>;
		swept_at: number | null;
		/** No sweep begins by itself before then; null: when it is time. */
		no_sweep_before: Generated<number | null>;
		counted_at: number | null;
		/** Runs that failed one after the other. */
		failures: Generated<number>;
		next_at: number;
		lease_id: string | null;
		lease_until: number | null;
		created_at: number;
	};

	sync_runs: {
		id: string;
		stream_id: string;
		kind: SyncKind;
		is_baseline: number;
		status: SyncRunStatus;
		waiting_for: SyncWait | null;
		resumes_at: number | null;
		started_at: number;
		finished_at: number | null;
		calls: number;
		bytes: number;
		seen: number;
		changed: number;
		deleted: number;
		missing: number | null;
		error: string | null;
	};

	/** Each record of Xero's as it was last known. */
	record_states: {
		workspace_id: string;
		tenant_id: string;
		entity: string;
		xero_id: string;
		epoch: string;
		/** Of Xero's time of change in milliseconds, else the hash; with a hash behind it where only that changed. */
		version: string;
		/** Xero's time of the last change; null where it tells none. */
		updated_at: number | null;
		/** Of the list's own shape; null while it was only read in another. */
		hash: string | null;
		status: string | null;
		/** JSON: what tells its derived events. */
		standing: string | null;
		/** Sealed with the workspace's data key; null where no copies are kept. */
		record: string | null;
		/** Of the record as JSON. */
		bytes: number;
		/** The run that saw it last in a full read. */
		swept_in: string | null;
		/** The sync's event that told it last, and Xero's time of that change. */
		told_event: string | null;
		told_at: number | null;
		/** 1: no webhook has told the same change yet. */
		told_open: Generated<number>;
		deleted_at: number | null;
		first_seen_at: number;
		seen_at: number;
		/** When what is owed now falls due, as `2026-11-30`; null where nothing is. */
		due_day: string | null;
		due_entity: 'invoice' | 'bill' | null;
		/** When it was seen to be owed by that day first; null where nobody saw that begin. */
		due_since: number | null;
	};

	/** What was overdue at `seen_at` by so many days was told, or was not to be. */
	overdue_marks: {
		stream_id: string;
		days: number;
		seen_at: number;
		/** The organisation's day then; null before it was looked first. */
		seen_day: string | null;
	};

	/** States that must go: of a removed connection with its bodies, or of an earlier epoch. */
	record_purges: {
		id: string;
		workspace_id: string;
		tenant_id: string;
		/** Null: only states of an earlier epoch go. */
		connection_id: string | null;
		position: string | null;
		/** 1: nothing of the organisation is left, the account of what was done included. */
		everything: Generated<number>;
	};

	/** Clients that leave, each an organisation or a whole workspace. */
	offboardings: {
		workspace_id: string;
		slug: string;
		/** Empty: the whole workspace. */
		tenant_id: string;
		name: string;
		/** The connection that is to go; null of a workspace. */
		connection_id: string | null;
		/** When an export of it was last read to its end. */
		exported_at: number | null;
		started_at: number | null;
		/** What became of the connection at Xero. */
		at_xero: 'gone' | 'shared' | 'left' | null;
		/** Why it does not go on, for people. */
		error: string | null;
		finished_at: number | null;
	};

	alerts: {
		id: string;
		workspace_id: string;
		/** One of an open list: parts of the hub raise what they find. */
		kind: string;
		/** What it is about, such as a grant's id. */
		subject: string;
		message: string;
		raised_at: number;
		resolved_at: number | null;
	};

	/** Work that one of several hubs does: who has it, until when. */
	hub_leases: { name: string; lease_id: string; lease_until: number };

	/** One row where the ledger was never purged and its people must be told before; null until they were. */
	first_purge: { due_at: number | null };

	/** What is kept of a workspace: events, and the bytes of them and their records. */
	kept_usage: { workspace_id: string; events: number; bytes: number };

	/** Where a workspace's alerts go besides its pages. */
	alert_channels: {
		id: string;
		workspace_id: string;
		kind: 'webhook' | 'slack' | 'email';
		/** Sealed: a URL, which may be a secret itself, or addresses. */
		target: string;
		/** Sealed `whsec_…` of a webhook. */
		secret: string | null;
		created_at: number;
	};

	/** What one channel is told of one trouble: that it began, and that it has ended. */
	alert_notices: {
		id: string;
		workspace_id: string;
		/** Of `alert_channels`, or the operator's. */
		channel_id: string;
		/** Which trouble: one that comes back is another notice. */
		alert_key: string;
		kind: string;
		subject: string;
		message: string;
		raised_at: number;
		/** Since when it is not there any more, before that counts as its end. */
		gone_at: number | null;
		ended_at: number | null;
		raised_told_at: number | null;
		ended_told_at: number | null;
		/** Tries of what is to be told next. */
		attempt: number;
		/** When to try next; null while there is nothing to tell. */
		next_at: number | null;
		last_error: string | null;
	};

	/** PostgreSQL only: what the hubs on one ledger know of an organisation's limits. */
	org_paces: {
		/** Client id and organisation; the client id alone for what concerns all of them. */
		org: string;
		/** JSON. */
		pace: string;
		version: number;
	};

	payloads: {
		id: Generated<number>;
		workspace_id: string;
		/** The bytes Xero signed. */
		body: Buffer;
		signed_with: 'current' | 'previous';
		received_at: number;
		/** When its events and deliveries were written; null while it waits for that. */
		routed_at: number | null;
		/** So many entries of its list are done: a long one is routed in several steps. */
		routed_entries: Generated<number>;
		/** Why it, or part of it, could not be routed, for people. */
		fault: Generated<string | null>;
		/** Since when it waits for a person, because of its fault. */
		put_aside_at: Generated<number | null>;
	};

	events: {
		id: string;
		workspace_id: string;
		tenant_id: string;
		/** Xero's eventCategory, upper case. */
		category: string;
		change: 'created' | 'updated' | 'deleted';
		resource_id: string;
		resource_url: string;
		/** Xero's own text: part of the event's identity. */
		event_date_utc: string;
		occurred_at: number;
		received_at: number;
		source: 'webhook' | 'sync';
		payload_id: number | null;
		/** JSON: the event exactly as Xero sent it. */
		original: string;
		record_state: RecordState;
		/** JSON: the record as Xero answered it. */
		record: string | null;
		record_attempt: number;
		record_next_at: number | null;
		record_lease_id: string | null;
		record_lease_until: number | null;
		/** The version that it told, as Xero's time of change; null while that is not known. */
		version: Generated<number | null>;
		/** The event that had told the same change before. */
		same_as: Generated<string | null>;
		/** JSON: types of the change, the most telling first; null until its record was read. */
		types: Generated<string | null>;
		/** JSON: the former values of what changed; null where no former state was known. */
		previous: Generated<string | null>;
		/** JSON array of members; null where no former state was known. */
		changed: Generated<string | null>;
		/** JSON: who wrote the version through the hub; null for others, and while the version is not known. */
		caused_by: Generated<string | null>;
		/** Whether nobody else's change can be in it. */
		caused_surely: Generated<number>;
	};

	/** What syncs used of an organisation's calls, by hours since 1970; of the last two days. */
	sync_usage: {
		connection_id: string;
		hour: number;
		calls: number;
		bytes: number;
	};

	/** A value of another system's, and Xero's in its place, in one organisation. */
	mappings: {
		id: string;
		workspace_id: string;
		tenant_id: string;
		/** `*`: any. */
		system: string;
		kind: MappingKind;
		key: string;
		/** Of tax rates; empty: both. */
		direction: '' | 'sales' | 'purchases';
		/** JSON: text, or a tracking option. */
		value: string;
		/** Of what it was mapped to, whatever that is called since; null where Xero gives it none. */
		xero_id: string | null;
		/** Xero's name of it, for people. */
		label: string | null;
		state: 'ok' | 'broken';
		/** Why it is broken, for people. */
		reason: string | null;
		updated_at: number;
	};

	/** Values that were asked for and that nobody has mapped yet. */
	unmapped_values: {
		id: string;
		workspace_id: string;
		tenant_id: string;
		kind: MappingKind;
		key: string;
		direction: '' | 'sales' | 'purchases';
		/** Which asked. */
		system: string;
		times: number;
		/** Such as "invoice 1042, line 2". */
		where_seen: string | null;
		/** Of the document where it was seen last, for suggestions. */
		document_direction: 'sales' | 'purchases' | null;
		first_seen_at: number;
		seen_at: number;
	};

	/** A record of another system's, and Xero's that is the same thing. */
	links: {
		id: string;
		workspace_id: string;
		/** Empty: it belongs to no organisation yet. */
		tenant_id: string;
		system: string;
		/** As event types name it; `bill` is one of its own. */
		entity: string;
		external_id: string;
		/** Null while it is claimed and nothing is known to be in Xero. */
		xero_id: string | null;
		state: LinkState;
		/** Why it is broken, for people. */
		reason: string | null;
		/** Sealed JSON: by member, what the other system and Xero held when they last agreed. */
		base: string | null;
		/** Of what was pushed last, as it was asked for. */
		pushed_hash: string | null;
		/** The push that made it, claims it, or changed it last. */
		push_id: string | null;
		/** When a create was sent whose answer is not known; null otherwise. */
		sent_at: number | null;
		/** The migration that assigned it to its organisation. */
		migration_id: string | null;
		/** What stands in the `Url` of its document in Xero; null where there is no place for one. */
		mark: Generated<string | null>;
		created_at: number;
		updated_at: number;
	};

	/** Links of no organisation, on their way to one. */
	link_migrations: {
		id: string;
		workspace_id: string;
		to_tenant_id: string;
		/** Null: of all. */
		system: string | null;
		entity: string | null;
		dry_run: number;
		status: 'running' | 'finished' | 'reverted';
		/** JSON: where it goes on. */
		position: string | null;
		/** JSON: counts, conflicts and calls so far. */
		outcome: string;
		/** Why it does not go on now, for people. */
		error: string | null;
		idempotency_key: string | null;
		next_at: number;
		lease_id: string | null;
		lease_until: number | null;
		created_at: number;
		finished_at: number | null;
		reverted_at: number | null;
	};

	/** Records of another system's on their way to Xero, or back out of it. */
	pushes: {
		id: string;
		workspace_id: string;
		tenant_id: string;
		kind: 'push' | 'undo';
		/** The push that an undo undoes. */
		undo_of: string | null;
		system: string;
		entity: string;
		/** JSON: codes, mode, policy and the rest of how it was asked for. */
		options: string;
		dry_run: number;
		/** Who asked, as the caller named itself. */
		workflow: string | null;
		node: string | null;
		status: 'running' | 'finished';
		/** What it waits for now; null while it goes on. */
		waiting_for: SyncWait | null;
		/** Why it waits, for people. */
		error: string | null;
		/** How often in a row it could not go on. */
		failures: Generated<number>;
		/** How many it has. */
		records: Generated<number>;
		/** Of Xero's. */
		calls: Generated<number>;
		/** Kept for 24 hours. */
		idempotency_key: string | null;
		/** Of what came with the key. */
		request_hash: string | null;
		next_at: number;
		lease_id: string | null;
		lease_until: number | null;
		created_at: number;
		finished_at: number | null;
	};

	push_items: {
		push_id: string;
		position: number;
		external_id: string;
		/** The other system's time of change. */
		modified_at: number | null;
		state: PushItemState;
		xero_id: string | null;
		/** What it did in Xero; null while it did nothing. */
		change: 'created' | 'updated' | 'deleted' | null;
		message: string | null;
		next_step: string | null;
		/** A person's word in a conflict. */
		resolution: 'xero' | 'external' | null;
		attempt: Generated<number>;
		/** When it goes on; null where nothing is to be done. */
		next_at: number | null;
		/** When it was sent last, while its answer is not known. */
		sent_at: number | null;
		/** Sealed JSON: as it was asked for. */
		fields: string;
		/** Sealed JSON: what Xero held before, of the members that were written. */
		previous: string | null;
		/** Sealed JSON: both sides of a conflict, or what a dry run found. */
		detail: string | null;
	};

	/** When a hub last showed that it runs and can write; one row. */
	hub_pulse: { name: string; beat_at: number };

	/** How Xero numbered the events that it sent to a workspace's delivery URL. */
	webhook_sequences: {
		workspace_id: string;
		/** JSON. */
		numbering: string;
		/** When the oldest hole in it was noticed; null while there is none. */
		hole_at: number | null;
	};

	/** A time in which webhooks of a connection may have been missed. */
	gaps: {
		id: string;
		workspace_id: string;
		connection_id: string;
		tenant_id: string;
		kind: GapKind;
		from_at: number;
		until_at: number;
		state: 'found' | 'repairing' | 'repaired';
		/** The repair that it is part of; null before one begins. */
		batch_id: string | null;
		/** Why nothing was read again, for people. */
		note: string | null;
		found_at: number;
		repaired_at: number | null;
	};

	/** A run that reads again what changed in gaps, of one entity. */
	gap_repairs: {
		id: string;
		/** The runs that began together, for all gaps that a connection had then. */
		batch_id: string;
		workspace_id: string;
		connection_id: string;
		tenant_id: string;
		entity: string;
		/** What changed before is not told by it. */
		since: number;
		/** JSON: where it goes on. */
		position: string | null;
		status: SyncRunStatus;
		/** Null for one that waits because it failed. */
		waiting_for: SyncWait | null;
		error: string | null;
		/** Since it last went on. */
		failures: Generated<number>;
		calls: Generated<number>;
		bytes: Generated<number>;
		seen: Generated<number>;
		/** Events that nobody had told. */
		told: Generated<number>;
		started_at: number;
		finished_at: number | null;
		next_at: number;
		lease_id: string | null;
		lease_until: number | null;
	};

	/** Calls that write to Xero: what automation changed, and whose echo is to come. */
	proxied_writes: {
		id: string;
		workspace_id: string;
		tenant_id: string;
		/** Of the records that it writes, as Xero's webhooks name it; empty where they are of no kind that the hub reads. */
		category: string;
		/** As the caller named itself. */
		workflow: string | null;
		node: string | null;
		/** The other system, and the push that sent it; null for calls of the proxy. */
		system: string | null;
		push_id: string | null;
		/** As the caller named it. */
		workflow_name: string | null;
		/** Which API key was shown, or "admin"; null for what the hub writes by itself. */
		key_id: string | null;
		/** Null for what was written before the hub kept it. */
		method: string | null;
		/** Without the query. */
		path: string | null;
		/** As event types name it; null where it is none of those. */
		entity: string | null;
		/** Null while it is under way, and for good where its hub died. */
		outcome: WriteOutcome | null;
		/** Xero's HTTP status; null where none came. */
		status: number | null;
		/** How many records were made, changed, deleted (voided, archived) and refused. */
		created: Generated<number>;
		updated: Generated<number>;
		deleted: Generated<number>;
		refused: Generated<number>;
		/** In Xero's words, or what is not known. */
		message: string | null;
		/** JSON array of names of members that were sent. */
		fields: string | null;
		/** JSON array: id, change and sentence of each record. */
		records: string | null;
		/** Xero takes it for new records only. */
		creates: number;
		started_at: number;
		/** When what it wrote was known; null while it is under way. */
		finished_at: number | null;
	};

	/** What such a call wrote, by version. */
	written_records: {
		workspace_id: string;
		tenant_id: string;
		category: string;
		xero_id: string;
		/** Xero's time of the change. */
		version: number;
		write_id: string;
		/** JSON array of the members that were sent; null where that is not known. */
		members: string | null;
		/** The event that told it. */
		event_id: string | null;
	};

	subscriptions: {
		id: string;
		workspace_id: string;
		url: string;
		/** JSON array of event types. */
		events: string;
		/** JSON array; empty means every organisation. */
		tenant_ids: string;
		hydrate: number;
		/** JSON; null for none. */
		filter: Generated<string | null>;
		/** Sealed `whsec_…`. */
		secret: string;
		/** Sealed; signs too until `previous_secret_until`. */
		previous_secret: string | null;
		previous_secret_until: number | null;
		/** The trigger node that it belongs to; null where only the URL is known. */
		instance_id: Generated<string | null>;
		workflow_id: Generated<string | null>;
		node_id: Generated<string | null>;
		/** Scheme, host and port of `url`; null like the key. */
		origin: Generated<string | null>;
		mode: Generated<'production' | 'test'>;
		/** Grows with each create of its trigger. */
		generation: Generated<number>;
		require_receipt: Generated<number>;
		while_unpublished: Generated<'keep' | 'drop'>;
		/** `pull`: whoever it belongs to asks for what is due, and nothing is sent. */
		delivery: Generated<'push' | 'pull'>;
		/** When it was last asked for what is due; null where it never was since it was published last. */
		pulled_at: Generated<number | null>;
		/** The generation that asked then. */
		pulled_generation: Generated<number | null>;
		/** A generation that asked after a later one had: two of the same trigger are running. */
		contested_generation: Generated<number | null>;
		/** `parked`: its trigger is unpublished, and its queue rests. */
		status: 'active' | 'disabled' | 'parked';
		parked_at: Generated<number | null>;
		parked_until: Generated<number | null>;
		/** When its address is asked whether the trigger is there after all. */
		probe_at: Generated<number | null>;
		/** When one for tests ends. */
		ends_at: Generated<number | null>;
		/** When it was found answering although it had been deleted. */
		resumed_at: Generated<number | null>;
		/** The address that it had before, and since when it has another. */
		moved_from: Generated<string | null>;
		moved_at: Generated<number | null>;
		consecutive_failures: number;
		failing_since: number | null;
		/** When it last failed. */
		failed_at: Generated<number | null>;
		/** The breaker: nothing is sent before this time. */
		paused_until: number | null;
		created_at: number;
	};

	deliveries: {
		id: string;
		workspace_id: string;
		event_id: string;
		subscription_id: string;
		/** The delivery this one repeats, or its event where the subscription had none. */
		replay_of: string | null;
		status: DeliveryStatus;
		/**
		 * Under which the workflow gets the event. Null while that is not decided: it waits for its record,
		 * its subscription's wish was changed since, or an older version of the hub planned it.
		 */
		type: Generated<EventType | null>;
		/** 0: the record could not be read to tell a sales invoice from a bill. Null with `type`. */
		classified: Generated<number | null>;
		/** 1: it waited because its trigger was unpublished. */
		waited: Generated<number>;
		/** Attempts made so far. */
		attempt: number;
		/** When the next attempt is due; while one is under way, when its lease ends. */
		next_at: number;
		lease_id: string | null;
		lease_until: number | null;
		/** Why it is dead, filtered or cancelled, for people. */
		reason: string | null;
		created_at: number;
		finished_at: number | null;
	};

	attempts: {
		id: string;
		delivery_id: string;
		/** 1 for the first. */
		number: number;
		started_at: number;
		ms: number;
		status_code: number | null;
		error: string | null;
		response_body: string | null;
	};

	replays: {
		id: string;
		workspace_id: string;
		status: ReplayStatus;
		/** When the events were received: from here on … */
		since: number;
		/** … to here, exclusive. */
		until: number;
		/** How their deliveries ended; null: it does not matter. */
		delivery_status: 'dead' | 'undelivered' | 'delivered' | 'cancelled' | null;
		subscription_id: string | null;
		tenant_id: string | null;
		/** The event that was looked at last, by when it was received and its id. */
		position_at: number;
		position_id: string;
		/** Counted so far, before the first is made. */
		deliveries: number;
		made: number;
		created_at: number;
		/** Null while it is under way. */
		finished_at: number | null;
	};

	/** What stopped runs of a node have saved at Xero. */
	saved_items: {
		id: string;
		workspace_id: string;
		workflow_id: string;
		node_id: string;
		/** The first execution of which the one that saved it is a retry; usually that itself. */
		execution: string;
		/** The node's own name for the save: told twice, it counts once. */
		save_id: string;
		/** Hash of what was asked for: organisation, operation and content. */
		item_key: string;
		/** Sealed. JSON array of what came out for the item; null where that was too much. */
		records: string | null;
		saved_at: number;
	};

	/** Kept by triggers: the sum of a status's rows is how many deliveries have it. */
	delivery_counts: { status: DeliveryStatus; count: number };
}

/** `delta`: what changed; `sweep`: everything; `count`: how many there are. */
/**
 * `sequence`: Xero's numbering of events has a hole; `silence`: a sync found changes that no webhook told;
 * `disabled`: Xero had switched the webhook off, as far as that shows; `outage`: the hub did not run, or could
 * not store.
 */
export type GapKind = 'sequence' | 'silence' | 'disabled' | 'outage';

/** What of another system's is mapped to something of Xero's. */
export const MAPPING_KINDS = [
	'account',
	'tax_rate',
	'item',
	'tracking',
	'contact',
	'payment_account',
	'currency',
] as const;

export type MappingKind = (typeof MAPPING_KINDS)[number];

/** `claiming`: a push is about to make the record, or does not know yet whether it has. */
export type LinkState = 'claiming' | 'linked' | 'broken';

export type PushItemState =
	| 'synced'
	| 'unchanged'
	| 'warning'
	| 'pending'
	| 'unmapped'
	| 'conflict'
	| 'failed'
	| 'skipped'
	| 'undone';

export type SyncKind = 'delta' | 'sweep' | 'count';

export type SyncRunStatus = 'running' | 'succeeded' | 'failed' | 'waiting';

/** `lease`: another hub holds the stream. */
export type SyncWait = 'day_budget' | 'minute' | 'reauth' | 'lease';

/** `counting` what it will make, then `running`. */
export type ReplayStatus = 'counting' | 'running' | 'finished' | 'cancelled';

/**
 * `reauth_required`: Xero refused the refresh token, or the app's keys are gone: a person must reconnect.
 * `app_keys_refused`: Xero refused the client id or secret, an admin must save new app keys.
 */
export type GrantStatus = 'active' | 'reauth_required' | 'app_keys_refused';

/** The troubles with a grant that a person must end. */
export const GRANT_ALERT_KINDS = ['reauth_required', 'app_keys_refused'] as const;

export type GrantAlertKind = (typeof GRANT_ALERT_KINDS)[number];

/** `needed`: a subscription cannot be matched or hydrated before the record is read from Xero. */
export type RecordState = 'not_needed' | 'needed' | 'ready' | 'unavailable';

/** `waiting` for its event's record; the last four are final. */
export type DeliveryStatus =
	'waiting' | 'pending' | 'delivered' | 'dead' | 'filtered' | 'cancelled';

/** What becomes of an organisation that is connected: it waits for a member, or is on at once. */
export type OnConnect = 'hold' | 'accept';
