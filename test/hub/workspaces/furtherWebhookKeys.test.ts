import fc from 'fast-check';
import {
	changeWebhookKeys,
	readFurtherKeys,
	secondOf,
	WEBHOOK_KEY_GRACE_MS,
	writeFurtherKeys,
	type WebhookKeySet,
} from '../../../hub-server/src/workspaces/furtherWebhookKeys';

const NONE: WebhookKeySet = { current: null, further: [] };

const validAt = ({ current, further }: WebhookKeySet, now: number) =>
	[current, ...further.filter(({ until }) => until === null || until > now).map(({ key }) => key)]
		.filter((key) => key !== null)
		.sort();

describe('the webhook keys of an app', () => {
	it('stay valid for a day after they were replaced, however often that happens', () => {
		const changes = fc.array(
			fc.record({ key: fc.constantFrom('a', 'b', 'c', 'd'), after: fc.nat(WEBHOOK_KEY_GRACE_MS) }),
			{ minLength: 1 },
		);
		fc.assert(
			fc.property(changes, (list) => {
				let now = 0;
				let keys = NONE;
				const replacedAt = new Map<string, number>();
				for (const { key, after } of list) {
					now += after;
					const before = keys.current;
					keys = changeWebhookKeys(keys, { webhookKey: key }, now);
					if (before !== null && before !== key) replacedAt.set(before, now);
				}
				const expected = new Set([keys.current]);
				for (const [key, at] of replacedAt) if (now < at + WEBHOOK_KEY_GRACE_MS) expected.add(key);
				expect(validAt(keys, now)).toEqual([...expected].sort());
			}),
		);
	});

	it('stay as they are where nothing is given', () => {
		const keys = changeWebhookKeys(NONE, { webhookKey: 'a', secondWebhookKey: 'b' }, 1);

		expect(changeWebhookKeys(keys, {}, 2)).toEqual(keys);
		expect(secondOf(keys)).toBe('b');
	});

	it('end at once when they are taken away', () => {
		const first = changeWebhookKeys(NONE, { webhookKey: 'a', secondWebhookKey: 'b' }, 1);
		const replaced = changeWebhookKeys(first, { webhookKey: 'c' }, 2);

		expect(validAt(changeWebhookKeys(replaced, { secondWebhookKey: null }, 3), 3)).toEqual([
			'a',
			'c',
		]);
		expect(validAt(changeWebhookKeys(replaced, { webhookKey: null }, 3), 3)).toEqual(['b']);
	});

	it('are written and read as they are, and a single one of an older hub is read too', () => {
		const { further } = changeWebhookKeys(
			{ current: 'a', further: [] },
			{ webhookKey: 'b', secondWebhookKey: 'c' },
			5,
		);

		expect(readFurtherKeys(writeFurtherKeys(further), null)).toEqual(further);
		expect(readFurtherKeys('old+key==', 99)).toEqual([{ key: 'old+key==', until: 99 }]);
		expect(readFurtherKeys(null, null)).toEqual([]);
	});
});
