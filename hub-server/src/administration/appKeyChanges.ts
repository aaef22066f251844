import { InvalidFieldsError } from '../errors/requestErrors';
import type { AppKeysView, AppKeyStore } from '../workspaces/appKeyStore';
import { fingerprint } from '../workspaces/bearerKey';
import { SCOPE_PRESETS, type ScopePreset } from '../workspaces/scopePresets';
import type { VerifyAppKeys } from '../workspaces/verifyAppKeys';
import type { Workspace } from '../workspaces/workspaceStore';
import type { ReadAppKeys } from '../xero/identity/appKeys';
import type { Actor } from './Actor';
import { mixedUpKeys } from './mixedUpKeys';
import type { NoteChange } from './noteChange';

/** What is not given stays as it is saved; a webhook key of null is taken away. */
export interface AppKeysWish {
	readonly clientId: string;
	readonly clientSecret?: string | undefined;
	readonly webhookKey?: string | null | undefined;
	readonly secondWebhookKey?: string | null | undefined;
	/** Space separated; wins over the preset. */
	readonly scopes?: string | undefined;
	readonly scopePreset?: ScopePreset | undefined;
	readonly tier?: string | undefined;
	/** Xero is asked first, and nothing is saved when it refuses. */
	readonly verify?: boolean | undefined;
}

/** The keys of a workspace's own Xero app. */
export interface AppKeyChanges {
	/**
	 * @throws InvalidFieldsError when one key stands in another's place
	 * @throws AppKeysMissingError when the client secret is to stay and none is saved
	 */
	save(by: Actor, workspace: KeysOwner, wish: AppKeysWish): Promise<AppKeysView>;
	/**
	 * What the hub asks Xero for, from the next consent on; the keys stay as they are.
	 *
	 * @throws AppKeysMissingError while none are saved
	 */
	setScopes(by: Actor, workspace: KeysOwner, scopes: readonly string[]): Promise<AppKeysView>;
	/** Proves the saved keys; nothing changes at Xero. @throws what Xero's refusal is */
	verify(by: Actor, workspace: KeysOwner): Promise<AppKeysView>;
}

type KeysOwner = Pick<Workspace, 'id' | 'slug'>;

export function createAppKeyChanges(deps: {
	readonly appKeys: Pick<AppKeyStore, 'save' | 'saveScopes' | 'view' | 'markVerified'>;
	readonly readAppKeys: ReadAppKeys;
	readonly verifyAppKeys: VerifyAppKeys;
	/** Grants of an app that was replaced need a new consent. */
	appKeysChanged(): Promise<void>;
	readonly noteChange: NoteChange;
}): AppKeyChanges {
	const { appKeys, readAppKeys, verifyAppKeys, noteChange } = deps;

	async function isSecondTheFirst(
		workspaceId: string,
		{ webhookKey, secondWebhookKey }: AppKeysWish,
	): Promise<boolean> {
		if (typeof secondWebhookKey !== 'string') return false;
		if (webhookKey !== undefined) return webhookKey === secondWebhookKey;
		const saved = await appKeys.view(workspaceId);
		return saved?.webhookKeyFingerprint === fingerprint(secondWebhookKey);
	}

	async function markVerified(
		workspaceId: string,
		checked: { readonly clientId: string; readonly clientSecret: string },
	): Promise<AppKeysView> {
		await appKeys.markVerified(workspaceId, checked);
		return (await appKeys.view(workspaceId)) as AppKeysView;
	}

	return {
		async save(by, { id, slug }, { verify = false, scopePreset, ...wish }) {
			const keys = {
				...wish,
				clientSecret: wish.clientSecret ?? (await readAppKeys(id)).clientSecret,
				scopes: wish.scopes ?? (scopePreset && SCOPE_PRESETS[scopePreset]),
			};
			const faults = mixedUpKeys({ ...keys, isSecondTheFirst: await isSecondTheFirst(id, keys) });
			if (faults.length > 0) throw new InvalidFieldsError(faults);

			// The old keys go on working until the new ones are known to.
			if (verify) await verifyAppKeys({ ...keys, scopes: (keys.scopes ?? '').split(' ') });
			const saved = await appKeys.save(id, keys);
			await deps.appKeysChanged();
			const { clientId, tier } = saved;
			await noteChange(by, {
				workspace: slug,
				action: 'app_keys.saved',
				detail: { clientId, tier },
			});
			return verify ? markVerified(id, keys) : saved;
		},
		async setScopes(by, { id, slug }, scopes) {
			const before = (await appKeys.view(id))?.scopes.split(' ') ?? [];
			const saved = await appKeys.saveScopes(id, scopes);
			const without = (list: readonly string[], others: readonly string[]) =>
				list.filter((scope) => !others.includes(scope)).join(' ');
			const [added, removed] = [without(scopes, before), without(before, scopes)];
			await noteChange(by, {
				workspace: slug,
				action: 'app_keys.scopes_set',
				detail: { ...(added !== '' && { added }), ...(removed !== '' && { removed }) },
			});
			return saved;
		},
		async verify(by, { id, slug }) {
			const keys = await readAppKeys(id);
			await verifyAppKeys(keys);
			const verified = await markVerified(id, keys);
			await noteChange(by, { workspace: slug, action: 'app_keys.verified' });
			return verified;
		},
	};
}
