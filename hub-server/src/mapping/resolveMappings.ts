import type { LinkStore } from '../links/LinkStore';
import type { CheckMappings } from './checkMappings';
import type { Mapping, ResolveMappings, ResolvedValue, WantedValue } from './Mapping';
import { ANY_SYSTEM, type MappingStore, type StoredMapping } from './mappingStore';
import type { UnmappedValues } from './unmappedValues';

export function createResolveMappings(deps: {
	readonly mappings: Pick<MappingStore, 'findMany'>;
	readonly unmapped: Pick<UnmappedValues, 'remember'>;
	readonly links: Pick<LinkStore, 'findMany'>;
	readonly checkMappings: CheckMappings;
}): ResolveMappings {
	const { mappings, unmapped, links, checkMappings } = deps;

	/** By key; what is linked, or was. */
	async function linkedContacts(
		{ workspaceId, tenantId, system }: Parameters<ResolveMappings>[0],
		wanted: readonly WantedValue[],
	): Promise<ReadonlyMap<string, ResolvedValue>> {
		const keys = [
			...new Set(wanted.filter(({ kind }) => kind === 'contact').map(({ key }) => key)),
		];
		if (keys.length === 0) return new Map();
		const found = await links.findMany(
			workspaceId,
			keys.map((externalId) => ({ tenantId, system, entity: 'contact', externalId })),
		);
		const resolved = new Map<string, ResolvedValue>();
		for (const [at, link] of found.entries()) {
			const key = keys[at] as string;
			if (link === undefined) continue;
			if (link.state === 'broken') {
				resolved.set(key, { state: 'broken', reason: link.reason ?? LINK_BROKEN });
			} else if (link.xeroId !== null) resolved.set(key, { state: 'ok', value: link.xeroId });
		}
		return resolved;
	}

	return async function resolveMappings(scope, asked) {
		const wanted = asked.map((one) => ({ ...one, key: one.key.trim() }));
		const linked = await linkedContacts(scope, wanted);
		const isLinked = ({ kind, key }: WantedValue) => kind === 'contact' && linked.has(key);

		const byPlace = Map.groupBy(
			await mappings.findMany(
				scope,
				wanted.filter((one) => !isLinked(one)),
			),
			({ kind, key }) => placeOf(kind, key),
		);
		const chosen = wanted.map((one) =>
			isLinked(one) ? undefined : bestOf(byPlace.get(placeOf(one.kind, one.key)) ?? [], one),
		);
		const checked = await checkMappings(
			scope,
			new Map(chosen.flatMap((one) => (one === undefined ? [] : [[one.id, one]]))),
			'kept',
		);

		const resolved = wanted.map((one, at): ResolvedValue => {
			const link = isLinked(one) ? linked.get(one.key) : undefined;
			if (link !== undefined) return link;
			const mapping = chosen[at];
			if (mapping === undefined) return { state: 'unmapped' };
			const { state, reason, value } = checked.get(mapping.id) ?? mapping;
			return state === 'ok'
				? { state, value }
				: { state: 'broken', reason: reason ?? 'Choose another value.' };
		});
		await unmapped.remember(
			scope,
			wanted.filter((_, at) => resolved[at]?.state === 'unmapped'),
		);
		return resolved;
	};
}

const LINK_BROKEN = 'The contact that it is linked to cannot be used any more. Link another one.';

function placeOf(kind: Mapping['kind'], key: string): string {
	return `${kind} ${key}`;
}

/** The exact system beats any, and then the exact direction one without. */
export function bestOf(
	mappings: readonly StoredMapping[],
	{ direction }: Pick<WantedValue, 'direction'>,
): StoredMapping | undefined {
	const rank = ({ system, direction: own }: StoredMapping) =>
		(system === ANY_SYSTEM ? 0 : 2) + (own === undefined ? 0 : 1);
	return mappings
		.filter(({ direction: own }) => own === undefined || own === direction)
		.reduce<StoredMapping | undefined>(
			(best, one) => (best === undefined || rank(one) > rank(best) ? one : best),
			undefined,
		);
}
