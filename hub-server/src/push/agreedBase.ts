import type { XeroRecord } from '../../protocol/xero';
import type { AgreedBase } from '../links/Link';
import { COMPUTED_MEMBERS } from './computedMembers';
import type { MergedRecord } from './mergeRecord';
import { namedPart } from './namedPart';
import { unitIn, withUnits } from './recordUnits';

/**
 * What both sides hold once Xero has answered a change: the other system what it said, Xero what it made of it,
 * each in its own spelling, so that neither looks changed by what the other's way of writing does.
 *
 * @param answered the record as Xero answered it; a member that it lacks is taken as it was sent
 */
export function agreedBase(
	{ base, write, written }: Pick<MergedRecord, 'base' | 'write' | 'written'>,
	answered: XeroRecord,
): AgreedBase {
	const held = { ...write, ...answered };
	return written.reduce<AgreedBase>((now, unit) => {
		const { member, part } = unit;
		const agreed = now[member];
		if (agreed === undefined) return now;
		const told = unitIn(held, unit) ?? null;
		const xero =
			part === null
				? namedPart(agreed.external, told)
				: withUnits(member, agreed.xero, new Map([[part, told]]));
		return { ...now, [member]: { ...agreed, xero } };
	}, base);
}

/**
 * The same of a record that was made.
 *
 * @param external as the other system says it
 * @param sent as it was sent, with Xero's codes and ids
 */
export function firstBase(
	external: XeroRecord,
	sent: XeroRecord,
	answered: XeroRecord,
): AgreedBase {
	const held = { ...sent, ...answered };
	const members = Object.keys(external).filter((member) => !COMPUTED_MEMBERS.has(member));
	return Object.fromEntries(
		members.map((member) => {
			const said = external[member] ?? null;
			return [member, { external: said, xero: namedPart(said, held[member] ?? null) ?? null }];
		}),
	);
}
