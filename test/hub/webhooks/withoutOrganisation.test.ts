import fc from 'fast-check';
import { withoutOrganisation } from '../../../hub-server/src/webhooks/withoutOrganisation';

const OURS = '11111111-1111-4111-8111-111111111111';
const THEIRS = '22222222-2222-4222-8222-222222222222';

describe('a payload without one organisation', () => {
	const of = (tenantId: string, data?: unknown) => ({ tenantId, resourceId: 'r', data });
	const payload = (...events: readonly unknown[]) => ({ events, firstEventSequence: 7 });
	const without = (body: unknown) => {
		const bytes = Buffer.from(typeof body === 'string' ? body : JSON.stringify(body));
		const rest = withoutOrganisation(bytes, OURS);
		return rest ? (JSON.parse(rest.toString()) as unknown) : rest;
	};

	it('is untouched where it is not in it', () => {
		expect(without(payload(of(THEIRS)))).toBeUndefined();
		expect(without(payload())).toBeUndefined();
		expect(without('not JSON')).toBeUndefined();
		expect(without(`{"events":[{"tenantId":"\\u00e4"}]}`)).toBeUndefined();
		expect(without('[1, "\\u0031"]')).toBeUndefined();
	});

	it('is nothing where nobody else is in it', () => {
		expect(without(payload(of(OURS), of(OURS)))).toBeNull();
	});

	it('has the others’ entries as they were, in their order', () => {
		const others = [of(THEIRS, { n: 1 }), of(THEIRS, { n: 2 })];

		expect(without(payload(others[0], of(OURS), others[1]))).toEqual(payload(...others));
	});

	it('has no entry that names it somewhere else, in other letters, or by numbers of characters', () => {
		const entries = [{ about: [OURS] }, { tenantId: OURS.toUpperCase() }];
		const numbered = JSON.stringify(payload(of(OURS), of(THEIRS))).replaceAll(
			OURS,
			OURS.replaceAll('1', String.raw`\u0031`),
		);

		expect(without(payload(...entries, of(THEIRS)))).toEqual(payload(of(THEIRS)));
		expect(without(numbered)).toEqual(payload(of(THEIRS)));
	});

	it.each([
		['is no JSON', `not JSON about ${OURS}`],
		['has no list of events', { event: of(OURS) }],
		['names it beside its events', { ...payload(of(THEIRS)), tenantId: OURS }],
		['is nested too deep to be written again', `{"events":[${'['.repeat(2e5)}"${OURS}"`],
	])('is nothing where it %s', (_, body) => {
		expect(without(body)).toBeNull();
	});

	it('never names it, and loses no entry of anybody else', () => {
		const entry = fc.record({ tenantId: fc.constantFrom(OURS, THEIRS), data: fc.jsonValue() });
		fc.assert(
			fc.property(fc.array(entry), (events) => {
				const body = Buffer.from(JSON.stringify({ events }));
				const rest = withoutOrganisation(body, OURS);

				const others = events.filter(({ tenantId }) => tenantId === THEIRS);
				const left = rest === undefined ? body : (rest ?? Buffer.from('{"events":[]}'));
				expect(JSON.parse(left.toString())).toEqual(JSON.parse(JSON.stringify({ events: others })));
			}),
		);
	});
});
