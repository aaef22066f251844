import fc from 'fast-check';
import { isDeeperThan } from '../../../hub-server/src/webhooks/isDeeperThan';

const levelsOf = (value: unknown): number =>
	typeof value === 'object' && value !== null
		? 1 + Math.max(0, ...Object.values(value).map(levelsOf))
		: 0;

it('tells the depth of any JSON, whatever brackets and quotes stand in its texts', () => {
	fc.assert(
		fc.property(
			fc.jsonValue({ maxDepth: 6 }),
			fc.string({ unit: fc.constantFrom('[', '{', '"', '\\', 'é', ']') }),
			(value, text) => {
				const json = { [text]: [value, text] };
				const bytes = Buffer.from(JSON.stringify(json));

				expect(isDeeperThan(bytes, levelsOf(json))).toBe(false);
				expect(isDeeperThan(bytes, levelsOf(json) - 1)).toBe(true);
			},
		),
	);
});
