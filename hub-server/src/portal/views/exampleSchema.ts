/** A member of an event, as a tree of types. */
export interface SchemaMember {
	readonly name: string;
	/** Such as `string`, or `list of object`. */
	readonly type: string;
	/** Fixed for each member of an event; absent where Xero's own record begins. */
	readonly about?: string | undefined;
	readonly members: readonly SchemaMember[];
}

/** In the words of the protocol's own declarations (`protocol/relayedEvent`). */
const ABOUT: Readonly<Record<string, string>> = {
	id: 'The event: the same in every delivery and replay of it',
	type: 'The most specific type that was asked for',
	types: 'Every type of the change',
	workspace: 'The workspace, as it stands in addresses',
	tenant: 'The organisation',
	source: 'webhook, sync or replay',
	occurredAt: 'When it happened in Xero, UTC',
	receivedAt: 'When the hub had it on disk, UTC',
	resource: 'The record: its id, address and entity',
	links: 'What the record is in other systems',
	record: 'The whole record, where the trigger asks for it',
	changed: 'Members that the change has moved',
	previous: 'Their former values',
	data: 'What Xero says besides',
};

const DEEPEST = 6;

/** The types of an example, member by member. */
export function schemaOf(example: object): readonly SchemaMember[] {
	return membersOf(example, 0).map((member) => ({ ...member, about: ABOUT[member.name] }));
}

function membersOf(value: unknown, level: number): readonly SchemaMember[] {
	if (level >= DEEPEST) return [];
	if (Array.isArray(value)) return membersOf(value[0], level);
	if (typeof value !== 'object' || value === null) return [];
	return Object.entries(value).map(([name, one]) => ({
		...{ name, type: typeOf(one) },
		members: membersOf(one, level + 1),
	}));
}

function typeOf(value: unknown): string {
	if (value === null) return 'null';
	if (Array.isArray(value)) {
		return value.length === 0 ? 'list' : `list of ${typeOf(value[0])}`;
	}
	return typeof value;
}
