import { readFileSync } from 'node:fs';
import { join } from 'node:path';

import { ENTITIES, isSubscribable } from '../../hub-server/protocol';
import { DERIVED_TYPES } from '../../hub-server/protocol/xero';
import { findEntity, isReadWhole } from '../../hub-server/src/records/xeroEntities';
import { repositoryRoot } from '../support/repositoryRoot';

/** By type, from the rows of three cells on the trigger's page. */
function documented(): ReadonlyMap<string, string> {
	const page = readFileSync(
		join(repositoryRoot, 'documentation/nodes/xero-hub-trigger.md'),
		'utf8',
	);
	return new Map(
		page.split('\n').flatMap((line) => {
			const cells = line.split('|').map((cell) => cell.trim());
			const [, types = '', , feeds = ''] = cells;
			if (cells.length !== 5 || !types.startsWith('`')) return [];
			return [...types.matchAll(/`([^`]+)`/g)].map((match) => [match[1] ?? '', feeds] as const);
		}),
	);
}

describe('the table of what a record becomes', () => {
	it.each(DERIVED_TYPES.map(({ type, entity }) => [type, entity]))(
		'says what feeds %s',
		(type, entity) => {
			const read = findEntity(entity);
			const feeds = [
				...((ENTITIES as readonly string[]).includes(entity) ? ['webhook'] : []),
				...(read ? ['sync'] : []),
				...(read && !isReadWhole(read) ? ['sweep'] : []),
			];

			expect(documented().get(type)).toBe(feeds.join(' · ') || 'nothing yet');
			expect(isSubscribable(type)).toBe(feeds.length > 0);
		},
	);

	it('names nothing that cannot be asked for, but what it says nothing feeds', () => {
		const others = [...documented()].filter(([type]) => !type.startsWith('<'));

		expect(others.length).toBeGreaterThan(DERIVED_TYPES.length);
		for (const [type, feeds] of others) {
			expect([type, isSubscribable(type)]).toEqual([type, feeds !== 'nothing yet']);
		}
	});
});
