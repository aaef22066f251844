import type { AppKeyChanges } from '../administration/appKeyChanges';
import { ScopesRequest, wantedScopes } from '../administration/appKeysRequest';
import { AppKeysMissingError } from '../errors/xeroErrors';
import { InvalidRequestError } from '../errors/requestErrors';
import { parseRequest } from '../http/parseRequest';
import type { AppKeyStore } from '../workspaces/appKeyStore';
import type { WorkspaceStore } from '../workspaces/workspaceStore';
import { leastScopes } from '../xero/identity/scopeCover';
import { areaKey, readScopeChoice } from '../xero/identity/scopeChoice';
import { SCOPE_GROUPS, SCOPES_BY_APPROVAL } from '../xero/identity/xeroScopes';
import { COMMAND_LINE } from './openAdministration';
import { workspaceNamed } from './workspaceNamed';

export interface AppScopesOptions {
	readonly preset?: string;
	/** Space separated: instead of those that are saved. */
	readonly set?: string;
	/** Space separated: besides those that are saved. */
	readonly add?: string;
	/** Space separated. */
	readonly remove?: string;
}

interface AppScopesDeps {
	readonly workspaces: Pick<WorkspaceStore, 'get'>;
	readonly appKeys: Pick<AppKeyStore, 'view'>;
	readonly appKeyChanges: Pick<AppKeyChanges, 'setScopes'>;
}

/**
 * Changes what the hub asks Xero for, where an option says so, and prints it area by area.
 *
 * @returns the list as it is now
 */
export async function appScopes(
	{ workspaces, appKeys, appKeyChanges }: AppScopesDeps,
	slug: string,
	options: AppScopesOptions,
	say: (line: string) => void,
): Promise<{ readonly scopes: readonly string[] }> {
	const workspace = await workspaceNamed(workspaces, slug);
	const saved = await appKeys.view(workspace.id);
	if (saved === undefined) throw new AppKeysMissingError();
	const before = saved.scopes.split(' ');
	const wanted = wantedOf(options, before);
	if (wanted !== undefined) await appKeyChanges.setScopes(COMMAND_LINE, workspace, wanted);
	for (const line of describeScopes(wanted ?? before)) say(line);
	if (wanted === undefined) return { scopes: before };
	const byApproval = wanted.filter(
		(scope) => SCOPES_BY_APPROVAL.has(scope) && !before.includes(scope),
	);
	if (byApproval.length > 0) {
		say(
			`Xero gives ${byApproval.join(', ')} to approved apps only. Any other app is shown "invalid_scope", and nobody can connect.`,
		);
	}
	say('Saved. Reconnect each organisation to add what was not granted yet.');
	return { scopes: wanted };
}

/** @returns undefined where nothing is to change */
function wantedOf(
	{ preset, set, add, remove }: AppScopesOptions,
	saved: readonly string[],
): readonly string[] | undefined {
	const isWhole = preset !== undefined || set !== undefined;
	const isPart = add !== undefined || remove !== undefined;
	if (isWhole && isPart) {
		throw new InvalidRequestError(
			'Say --preset or --set for a whole list, or --add and --remove for a change of it.',
		);
	}
	if (isWhole)
		return wantedScopes(parseRequest(ScopesRequest, { scopes: set, scopePreset: preset }));
	if (!isPart) return undefined;
	const gone = listed(remove);
	const left = saved.filter((scope) => !gone.includes(scope));
	const scopes = leastScopes([...left, ...listed(add)]).join(' ');
	return wantedScopes(parseRequest(ScopesRequest, { scopes }));
}

function listed(text = ''): string[] {
	return text.split(/[\s,]+/).filter((scope) => scope !== '');
}

/** A line for each area, for a person and for `cut`. */
function describeScopes(scopes: readonly string[]): string[] {
	const { levels, other } = readScopeChoice(scopes);
	const areas = SCOPE_GROUPS.flatMap(({ label: group, areas: members }) =>
		members.map((area) => {
			const level = levels.get(areaKey(area)) ?? 'off';
			return [level, area.write ?? area.read, `${group}: ${area.label}`].join('\t');
		}),
	);
	return [...areas, ...other.map((scope) => `other\t${scope}\tnot known to this hub`)];
}
