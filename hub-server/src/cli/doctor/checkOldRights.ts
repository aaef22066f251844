import type { ApiKeyStore } from '../../workspaces/apiKeyStore';
import type { Workspace, WorkspaceStore } from '../../workspaces/workspaceStore';
import { warning, type Finding } from './Finding';

/** What an earlier version gave out, and nobody would get today: public links, and keys that may do everything. */
export async function checkOldRights(deps: {
	readonly workspaces: Pick<WorkspaceStore, 'list'>;
	readonly apiKeys: Pick<ApiKeyStore, 'list'>;
	/** Without a trailing slash. */
	readonly publicUrl: string;
}): Promise<readonly Finding[]> {
	const findings: Finding[] = [];
	for (const workspace of await deps.workspaces.list()) {
		const keys = await deps.apiKeys.list(workspace.id);
		const old = keys.filter((key) => key.isOld && key.revokedAt === null);
		findings.push(
			...publicLink(workspace, deps.publicUrl),
			...oldKeys(
				workspace,
				old.map(({ name }) => name),
			),
		);
	}
	return findings;
}

function publicLink({ slug, connectLink }: Workspace, publicUrl: string): readonly Finding[] {
	if (!connectLink) return [];
	return [
		warning(
			`${slug}: connect link`,
			`It is old, and open to anybody who guesses the name: ${publicUrl}/connect/${slug}`,
			'End it on the page of the organisations, or with PATCH {"connectLink": false}. Make connect links for those who need one.',
		),
	];
}

function oldKeys({ slug }: Workspace, names: readonly string[]): readonly Finding[] {
	if (names.length === 0) return [];
	return [
		warning(
			`${slug}: API keys`,
			`Made before keys had scopes, and may do everything: ${names.map((name) => `“${name}”`).join(', ')}.`,
			'Make new ones with what they need on the page of the API keys, then revoke these.',
		),
	];
}
