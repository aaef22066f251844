import { isObject, type XeroRecord } from '../../protocol/xero';
import type { AgreedBase, AgreedMember, LinkedEntity } from '../links/Link';
import { isEmptyValue, sameValue } from '../links/sameValue';
import { agrees } from './agrees';
import { opennessOf, type Closed, type Openness } from './closedMembers';
import { COMPUTED_MEMBERS } from './computedMembers';
import { keepLines } from './keepLines';
import { laterSide } from './laterSide';
import { namedPart } from './namedPart';
import type { FieldConflict, PushPolicy } from './Push';
import {
	comparedAs,
	unitIn,
	unitInMember,
	unitName,
	unitsOf,
	withUnits,
	type RecordUnit,
} from './recordUnits';
import { statusChange } from './statusChange';

/** Both sides of one record, and what they agreed on last. */
export interface MergeSides {
	readonly entity: LinkedEntity;
	/** Null: they never agreed, as with a record that was found in Xero. */
	readonly base: AgreedBase | null;
	/** As the other system says it. */
	readonly external: XeroRecord;
	/** The same members with Xero's codes and ids in the place of the other system's. */
	readonly resolved: XeroRecord;
	/** As Xero has it now, read whole: a member that it lacks counts as empty. */
	readonly xero: XeroRecord;
}

export interface MergeRules {
	readonly policy: PushPolicy;
	/** A person's word, which beats the policy. */
	readonly resolution: 'xero' | 'external' | null;
	/** The other system's time of change, epoch milliseconds. */
	readonly modifiedAt: number | null;
	/** The later of the organisation's lock dates, `2026-03-31`. */
	readonly lockDate: string | null;
	/** Of each resolved line, the tax as Xero computes it, where that is known. */
	readonly lineTaxes?: readonly (string | undefined)[];
}

/** What the other system wanted changed and Xero does not take. */
export interface ClosedMember extends Closed {
	readonly member: string;
}

export interface MergedRecord {
	/** Members to be sent; none: there is nothing to send. */
	readonly write: XeroRecord;
	/** What of these members differs from what Xero has. */
	readonly written: readonly RecordUnit[];
	/** Once what is to be written has been; its Xero side is Xero's answer then (`agreedBase`). */
	readonly base: AgreedBase;
	/** Both sides changed them, and a person has to say. Nothing of them is written. */
	readonly conflicts: readonly FieldConflict[];
	/** Both sides changed them, and Xero's stands: the other system has to take it over. */
	readonly overruled: readonly FieldConflict[];
	/** Xero's alone changed: the other system has not taken it over yet. */
	readonly behind: readonly FieldConflict[];
	readonly closed: readonly ClosedMember[];
	/** Whether both sides say the same once it is written, as far as the other system names it. */
	readonly isSettled: boolean;
}

/**
 * Merges one record three ways, member by member: what one side changed since both agreed counts, and what both
 * changed to different values is decided by the policy. Absent members of the other system are unchanged, and null
 * clears. Where there is no base, a side that says nothing has nothing to say, and a difference counts as changed
 * on both; under `ask` not one of capitals alone, as of contacts that Xero's search by name has found.
 *
 * What is decided against the other system stays decided: the same push again writes nothing.
 */
export function mergeRecord(sides: MergeSides, rules: MergeRules): MergedRecord {
	const external = withoutComputed(sides.external);
	const openness = opennessOf(sides.entity, sides.xero, rules.lockDate);
	const merge = new Merge(sides, rules, openness);
	for (const unit of unitsOf(external, sides.xero)) merge.add(unit);
	return merge.result();
}

type Verdict = 'agreed' | 'unchanged' | 'external' | 'xero' | 'both';

class Merge {
	readonly #sides: MergeSides;
	readonly #rules: MergeRules;
	readonly #openness: Openness;
	readonly #written = new Map<string, Map<string | null, unknown>>();
	readonly #agreed = new Map<string, Map<string | null, AgreedMember>>();
	readonly #conflicts: FieldConflict[] = [];
	readonly #overruled: FieldConflict[] = [];
	readonly #behind: FieldConflict[] = [];
	readonly #closed: ClosedMember[] = [];

	constructor(sides: MergeSides, rules: MergeRules, openness: Openness) {
		this.#sides = sides;
		this.#rules = rules;
		this.#openness = openness;
	}

	add(unit: RecordUnit): void {
		const values = this.#valuesOf(unit);
		switch (verdictOf(unit, values)) {
			case 'agreed':
				return this.#agree(unit, { external: values.external, xero: values.xero });
			case 'unchanged':
				return;
			case 'external':
				return this.#write(unit, values);
			case 'xero':
				this.#behind.push(conflictOf(unit, values));
				return this.#leaveBehind(unit, values);
			case 'both':
				return this.#decide(unit, values);
		}
	}

	result(): MergedRecord {
		const write = this.#writes();
		const [conflicts, overruled, behind] = [this.#conflicts, this.#overruled, this.#behind];
		const closed = this.#closed;
		return {
			write,
			written: [...this.#written].flatMap(([member, units]) =>
				[...units.keys()].map((part) => ({ member, part })),
			),
			base: this.#base(),
			...{ conflicts, overruled, behind, closed },
			isSettled: [conflicts, overruled, behind, closed].every(({ length }) => length === 0),
		};
	}

	#valuesOf(unit: RecordUnit): UnitValues {
		const { base, external, resolved, xero } = this.#sides;
		const agreed = base?.[unit.member];
		const before = agreed && {
			external: unitInMember(agreed.external, unit),
			xero: unitInMember(agreed.xero, unit),
		};
		return {
			base: before?.external === undefined ? undefined : before,
			external: unitIn(external, unit) ?? null,
			resolved: unitIn(resolved, unit) ?? null,
			xero: unitIn(xero, unit) ?? null,
		};
	}

	#decide(unit: RecordUnit, values: UnitValues): void {
		const side = this.#rules.resolution ?? this.#sideByPolicy();
		if (side === 'external') return this.#write(unit, values);
		if (side === undefined && isOtherCaseOnly(unit, values)) {
			return this.#agree(unit, { external: values.external, xero: values.xero });
		}
		const conflict = conflictOf(unit, values);
		if (side === undefined) {
			this.#conflicts.push(conflict);
			return;
		}
		this.#overruled.push(conflict);
		this.#leaveBehind(unit, values);
	}

	/** Undefined: a person has to say. */
	#sideByPolicy(): 'xero' | 'external' | undefined {
		const { policy, modifiedAt } = this.#rules;
		if (policy === 'ask') return undefined;
		if (policy === 'latest') return laterSide(modifiedAt, this.#sides.xero);
		return policy;
	}

	/** Xero's stands: the base remembers what was said against it, and still that the other side lacks Xero's. */
	#leaveBehind(unit: RecordUnit, { external, base }: UnitValues): void {
		this.#agree(unit, { external, xero: base?.xero ?? null });
	}

	#write(unit: RecordUnit, values: UnitValues): void {
		if (unit.member === 'Status') return this.#writeStatus(unit, values);
		if (unit.member === 'LineItems') return this.#writeLines(unit, values);
		this.#writeIfOpen(unit, values, writable(unit, values));
	}

	#writeStatus(unit: RecordUnit, values: UnitValues): void {
		const change = statusChange(this.#sides.entity, this.#sides.xero, values.resolved);
		if (change.kind === 'send') return this.#writeIfOpen(unit, values, change.status);
		if (change.kind === 'nothing') {
			return this.#agree(unit, { external: values.external, xero: values.xero });
		}
		this.#closed.push({ member: unit.member, reason: change.reason, nextStep: change.nextStep });
	}

	#writeLines(unit: RecordUnit, values: UnitValues): void {
		const lines = keepLines(listOf(values.xero), listOf(values.resolved), this.#rules.lineTaxes);
		this.#writeIfOpen(unit, values, lines);
	}

	#writeIfOpen(unit: RecordUnit, values: UnitValues, value: unknown): void {
		const openness = this.#openness;
		const isOpen =
			openness.takes === 'all' ||
			(openness.takes === 'some' && openness.isOpen(unit.member, value));
		if (!isOpen) {
			// The base stays, so that it is tried once Xero takes it again.
			this.#closed.push({ member: unitName(unit), ...openness.closed });
			return;
		}
		const units = this.#written.get(unit.member) ?? new Map<string | null, unknown>();
		this.#written.set(unit.member, units.set(unit.part, value));
		this.#agree(unit, { external: values.external, xero: values.resolved });
	}

	#agree({ member, part }: RecordUnit, agreed: AgreedMember): void {
		const units = this.#agreed.get(member) ?? new Map<string | null, AgreedMember>();
		this.#agreed.set(member, units.set(part, agreed));
	}

	#writes(): XeroRecord {
		const written = [...this.#written].map(([member, units]) => {
			const whole = units.get(null);
			if (whole !== undefined || units.has(null)) return [member, whole] as const;
			const parts = new Map([...units].map(([part, value]) => [String(part), value]));
			return [member, withUnits(member, this.#sides.xero[member], parts)] as const;
		});
		const write: XeroRecord = Object.fromEntries(written);
		const status = String(write['Status'] ?? '');
		if (status !== 'VOIDED' && status !== 'DELETED') return write;
		// What is taken back takes nothing besides.
		return { Status: status };
	}

	#base(): AgreedBase {
		const base: Record<string, AgreedMember> = { ...this.#sides.base };
		for (const [member, units] of this.#agreed) {
			base[member] = units.get(null) ?? this.#inParts(member, units);
		}
		return base;
	}

	#inParts(member: string, units: ReadonlyMap<string | null, AgreedMember>): AgreedMember {
		const before = this.#sides.base?.[member];
		const side = (name: 'external' | 'xero'): unknown => {
			const parts = [...units].map(([part, agreed]) => [String(part), agreed[name]] as const);
			return withUnits(member, before?.[name], new Map(parts));
		};
		return { external: side('external'), xero: side('xero') };
	}
}

interface UnitValues {
	/** Undefined where the sides never agreed on it. */
	readonly base: AgreedMember | undefined;
	readonly external: unknown;
	readonly resolved: unknown;
	readonly xero: unknown;
}

function verdictOf(unit: RecordUnit, { base, external, resolved, xero }: UnitValues): Verdict {
	const name = comparedAs(unit);
	if (agrees(name, resolved, xero)) return 'agreed';
	if (base === undefined) {
		if (isEmptyValue(name, resolved)) return 'xero';
		return isEmptyValue(name, xero) ? 'external' : 'both';
	}
	const isExternalChanged =
		!sameValue(name, external, base.external) && !sameValue(name, resolved, base.external);
	const isXeroChanged = !sameValue(name, namedPart(base.xero, xero), base.xero);
	if (isExternalChanged) return isXeroChanged ? 'both' : 'external';
	return isXeroChanged ? 'xero' : 'unchanged';
}

/** One text in two spellings, of which each side keeps its own: nobody has changed anything. */
function isOtherCaseOnly(unit: RecordUnit, { base, resolved, xero }: UnitValues): boolean {
	if (base !== undefined || typeof resolved !== 'string' || typeof xero !== 'string') return false;
	return sameValue(comparedAs(unit), resolved.toLowerCase(), xero.toLowerCase());
}

function conflictOf(unit: RecordUnit, { base, external, xero }: UnitValues): FieldConflict {
	return {
		member: unitName(unit),
		...(base !== undefined && { base: base.xero }),
		...{ xero, external },
	};
}

/** As it is sent. What Xero clears with an empty text is no null, which it takes for not sent. */
function writable({ member, part }: RecordUnit, { resolved, xero }: UnitValues): unknown {
	// A number is one whole, and parts of the old one have no place beside it.
	if (part !== null && member === 'Phones') return { ...emptied(xero), ...textsOf(resolved) };
	if (part !== null && member === 'Addresses') {
		return { ...textsOf(xero), ...textsOf(resolved ?? emptied(xero)) };
	}
	if (resolved !== null) return resolved;
	if (Array.isArray(xero)) return [];
	return typeof xero === 'string' && !/^\/Date\(/.test(xero) ? '' : null;
}

function textsOf(slot: unknown): XeroRecord {
	if (!isObject(slot)) return {};
	return Object.fromEntries(Object.entries(slot).map(([name, value]) => [name, value ?? '']));
}

function emptied(slot: unknown): XeroRecord {
	if (!isObject(slot)) return {};
	return Object.fromEntries(
		Object.entries(slot).map(([name, value]) => [name, name.endsWith('Type') ? value : '']),
	);
}

function listOf(value: unknown): readonly unknown[] {
	return Array.isArray(value) ? value : [];
}

function withoutComputed(record: XeroRecord): XeroRecord {
	return Object.fromEntries(
		Object.entries(record).filter(([member]) => !COMPUTED_MEMBERS.has(member)),
	);
}
