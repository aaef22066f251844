/** How each command is used, by its words: what its `--help` ends with. */
export const HELP_EXAMPLES: Readonly<Record<string, readonly string[]>> = {
	serve: ['xero-hub serve', 'HUB_PORT=9000 HUB_PUBLIC_URL=https://hub.example.com xero-hub serve'],
	doctor: ['xero-hub doctor', 'xero-hub doctor --json'],
	sandbox: ['xero-hub sandbox', 'SANDBOX_PORT=8791 xero-hub sandbox'],
	migrate: ['xero-hub migrate'],
	'admin-key create': ['xero-hub admin-key create --name ops --expires 2027-03-31'],
	'admin-key list': ['xero-hub admin-key list --json'],
	'admin-key revoke': ['xero-hub admin-key revoke adk_01J9'],
	'portal-link': ['xero-hub portal-link', 'docker compose exec hub xero-hub portal-link'],
	'reset-second-factor': ['xero-hub reset-second-factor you@example.com'],
	'workspace create': [
		'xero-hub workspace create "Acme Ltd"',
		'xero-hub workspace create Acme --slug acme --n8n http://n8n:5678',
	],
	'workspace list': ['xero-hub workspace list', 'xero-hub workspace list --json'],
	offboard: [
		'xero-hub offboard acme',
		'xero-hub offboard acme --export acme.jsonl.gz --confirm "Acme Ltd"',
		'xero-hub offboard acme --organisation "Acme NZ" --export nz.jsonl.gz --confirm "Acme NZ"',
	],
	'app-keys scopes': [
		'xero-hub app-keys scopes acme',
		'xero-hub app-keys scopes acme --preset everything',
		'xero-hub app-keys scopes acme --add "accounting.budgets.read files.read"',
	],
	'secrets export': [
		'xero-hub secrets export acme',
		'xero-hub secrets export acme --organisation "Acme NZ" --format json',
	],
	'app-keys set': [
		'XERO_CLIENT_SECRET=… XERO_WEBHOOK_KEY=… xero-hub app-keys set acme --client-id …',
	],
	'connect-link create': ['xero-hub connect-link create acme'],
	'api-key create': [
		'xero-hub api-key create acme',
		'xero-hub api-key create acme --scopes events,read --expires 2027-03-31',
	],
	'api-key revoke': ['xero-hub api-key revoke acme key_01J9'],
	'api-key list': ['xero-hub api-key list acme'],
	'links import': ['xero-hub links import acme contacts.csv --system crm --entity contact'],
	'links export': ['xero-hub links export acme links.csv'],
	'links migrate': ['xero-hub links migrate acme --to <tenantId> --dry-run'],
	'links migrate-revert': ['xero-hub links migrate-revert acme lmg_01J9'],
	'keys rotate': ['xero-hub keys rotate'],
	'keys list': ['xero-hub keys list'],
	'audit verify': ['xero-hub audit verify', 'xero-hub audit verify audit-log.jsonl'],
	replay: [
		'xero-hub replay acme --since 2026-01-31T09:00:00Z --until 2026-01-31T17:00:00Z --undelivered',
	],
	backup: ['xero-hub backup hub-backup.sqlite', 'xero-hub backup hub-backup.sqlite --verify'],
	restore: ['xero-hub restore hub-backup.sqlite'],
};
