import { isObject, type XeroRecord } from '../../protocol/xero';
import type { AgreedBase, LinkedEntity } from '../links/Link';
import { sameValue } from '../links/sameValue';
import { ZERO, compared, readDecimal } from '../records/decimal';
import { agrees } from './agrees';
import { opennessOf, type Closed } from './closedMembers';
import { dayOf } from './dayOf';
import { keepLines } from './keepLines';
import { namedPart } from './namedPart';
import { comparedAs, unitIn, unitInMember, unitsOf, withUnits } from './recordUnits';
import { statusChange } from './statusChange';

/** One record that a push has made or changed. */
export interface DoneItem {
	readonly entity: LinkedEntity;
	readonly xeroId: string;
	readonly change: 'created' | 'updated' | 'deleted' | null;
	/** As the other system asked for it. */
	readonly fields: XeroRecord;
	/** What Xero held before, of the members that were written. */
	readonly previous: XeroRecord | null;
	/** What both sides agreed on with this push; null where a later one has changed that. */
	readonly base: AgreedBase | null;
}

export type UndoStep =
	/** A change that takes it back, and what to say once it is done. */
	| { readonly kind: 'change'; readonly element: XeroRecord; readonly left: readonly Left[] }
	/** Removed at Xero; where Xero refuses that, the change instead, where there is one. */
	| { readonly kind: 'remove'; readonly otherwise: XeroRecord | null }
	/** Nothing is left to be taken back. */
	| { readonly kind: 'gone' }
	| ({ readonly kind: 'impossible' } & Left);

/** What stays as it is, and why. */
export interface Left {
	readonly message: string;
	readonly nextStep: string;
}

/**
 * How one record is taken back, as far as Xero allows: drafts are deleted, approved documents voided, payments,
 * bank transactions and items deleted, contacts archived (Xero deletes none), accounts deleted where nothing uses them,
 * else archived. Changed members get back what they were, unless somebody has changed them since.
 *
 * @param xero as Xero has it now; undefined where it does not have it
 * @param freed a number of nobody's for the contact, whose own is free then for another one
 */
export function undoPlan(item: DoneItem, xero: XeroRecord | undefined, freed: string): UndoStep {
	if (item.change === 'created') return undoCreate(item, xero, freed);
	return item.change === 'updated' ? undoUpdate(item, xero) : { kind: 'gone' };
}

function undoCreate({ entity }: DoneItem, xero: XeroRecord | undefined, freed: string): UndoStep {
	if (xero === undefined) return { kind: 'gone' };
	const status = String(xero['Status'] ?? xero['ContactStatus'] ?? '').toUpperCase();
	if (status === 'DELETED' || status === 'VOIDED') return { kind: 'gone' };
	switch (entity) {
		case 'item':
			return { kind: 'remove', otherwise: null };
		case 'account':
			return status === 'ARCHIVED'
				? { kind: 'gone' }
				: { kind: 'remove', otherwise: { Status: 'ARCHIVED' } };
		case 'contact':
			return status === 'ARCHIVED'
				? { kind: 'gone' }
				: changeTo({ ContactNumber: freed, ContactStatus: 'ARCHIVED' });
		case 'tax_rate':
		case 'payment':
		case 'bank_transaction':
			return changeTo({ Status: 'DELETED' });
		case 'invoice':
		case 'bill':
		case 'credit_note':
			return undoDocument(entity, xero);
	}
}

function undoDocument(entity: LinkedEntity, xero: XeroRecord): UndoStep {
	const taken = ['AmountPaid', 'AmountCredited', 'AppliedAmount'].some((member) => {
		const amount = readDecimal(xero[member]);
		return amount !== undefined && compared(amount, ZERO) !== 0;
	});
	if (taken) {
		return {
			kind: 'impossible',
			message: 'It has a payment or credit against it, and Xero voids no such document.',
			nextStep: 'Undo the push of its payments first, or remove them in Xero; then undo again.',
		};
	}
	const change = statusChange(entity, xero, 'VOIDED');
	if (change.kind === 'send') return changeTo({ Status: change.status });
	return change.kind === 'nothing'
		? { kind: 'gone' }
		: { kind: 'impossible', message: change.reason, nextStep: change.nextStep };
}

function changeTo(element: XeroRecord): UndoStep {
	return { kind: 'change', element, left: [] };
}

function undoUpdate(item: DoneItem, xero: XeroRecord | undefined): UndoStep {
	const previous = Object.entries(item.previous ?? {});
	if (xero === undefined) {
		return {
			kind: 'impossible',
			message: 'Xero does not have it any more.',
			nextStep: 'Nothing: there is no record to be put back.',
		};
	}
	const openness = opennessOf(item.entity, xero, null);
	const element: Record<string, unknown> = {};
	const left: Left[] = [];
	for (const [member, before] of previous) {
		if (sameValue(member, xero[member], before)) continue;
		if (!isAsPushed(item, member, xero)) {
			left.push({
				message: `${member} was changed since, and stays as it is.`,
				nextStep: `Look at ${member} in Xero.`,
			});
			continue;
		}
		const value = valueToRestore(item, member, before, xero);
		if ('closed' in value) left.push(wordsOf(member, value.closed));
		else if (openness.takes === 'nothing') left.push(wordsOf(member, openness.closed));
		else if (openness.takes === 'some' && !openness.isOpen(member, value.value)) {
			left.push(wordsOf(member, openness.closed));
		} else element[member] = value.value;
	}
	if (Object.keys(element).length > 0) return { kind: 'change', element, left };
	const [first] = left;
	if (first === undefined) return { kind: 'gone' };
	return {
		kind: 'impossible',
		message: distinct(left.map(({ message }) => message)),
		nextStep: distinct(left.map(({ nextStep }) => nextStep)),
	};
}

function wordsOf(member: string, { reason, nextStep }: Closed): Left {
	return { message: `${member} stays as it is. ${reason}`, nextStep };
}

/** All of it, each sentence once. */
export function distinct(sentences: readonly string[]): string {
	return [...new Set(sentences)].join(' ');
}

/** Whether a member still is what the push has made of it, as far as that named it. */
function isAsPushed({ base, fields }: DoneItem, member: string, xero: XeroRecord): boolean {
	const agreed = base?.[member];
	return unitsOf({ [member]: fields[member] ?? null }, xero).every((unit) => {
		const held = unitIn(xero, unit);
		if (agreed === undefined) return agrees(comparedAs(unit), unitIn(fields, unit), held);
		const pushed = unitInMember(agreed.xero, unit);
		return sameValue(comparedAs(unit), namedPart(pushed, held), pushed);
	});
}

function valueToRestore(
	{ entity, fields }: DoneItem,
	member: string,
	before: unknown,
	xero: XeroRecord,
): { readonly value: unknown } | { readonly closed: Closed } {
	if (member === 'Status') {
		const change = statusChange(entity, xero, before);
		return change.kind === 'refused'
			? { closed: { reason: change.reason, nextStep: change.nextStep } }
			: { value: before };
	}
	if (member === 'LineItems' && Array.isArray(before)) {
		const held = Array.isArray(xero[member]) ? xero[member] : [];
		return { value: keepLines(held, before.filter(isObject).map(writableLine)) };
	}
	if (member === 'Contact' && isObject(before)) {
		return { value: { ContactID: before['ContactID'] } };
	}
	if (member === 'BankAccount' && isObject(before)) {
		return { value: { AccountID: before['AccountID'] } };
	}
	const parts = unitsOf({ [member]: fields[member] ?? null }, xero).filter(
		({ part }) => part !== null,
	);
	if (parts.length > 0) {
		const values = parts.map((unit) => {
			const was = unitInMember(before, unit);
			return [String(unit.part), was ?? emptied(unitIn(xero, unit))] as const;
		});
		return { value: withUnits(member, xero[member], new Map(values)) };
	}
	if (member.endsWith('Date')) return { value: dayOf(before) ?? null };
	if (before !== null && before !== undefined) return { value: before };
	if (Array.isArray(xero[member])) return { value: [] };
	return { value: typeof xero[member] === 'string' ? '' : null };
}

/** A slot that had nothing in it. */
function emptied(slot: unknown): unknown {
	if (!isObject(slot)) return null;
	return Object.fromEntries(
		Object.entries(slot).map(([name, value]) => [name, name.endsWith('Type') ? value : '']),
	);
}

/**
 * A line as Xero answered it, as Xero takes it: without the amount that it computes and a discount of nothing, which
 * it refuses, and of two discounts the rate (decision 54). The tax amount goes back as it was.
 */
function writableLine(line: XeroRecord): XeroRecord {
	const hasPrice = readDecimal(line['UnitAmount']) !== undefined;
	const discounts = ['DiscountRate', 'DiscountAmount'].filter((member) => {
		const amount = readDecimal(line[member]);
		return amount !== undefined && compared(amount, ZERO) !== 0;
	});
	const members = [
		...['LineItemID', 'Description', 'Quantity', 'UnitAmount', 'ItemCode', 'AccountCode'],
		...['TaxType', 'TaxAmount', 'Tracking', ...discounts.slice(0, 1)],
		...(hasPrice ? [] : ['LineAmount']),
	];
	return Object.fromEntries(
		members
			.filter((member) => line[member] !== undefined && line[member] !== '')
			.map((member) => [member, line[member]]),
	);
}
