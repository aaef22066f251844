import { createPacer, MAX_IN_FLIGHT } from '../../../nodes/Xero/transport/createPacer';
import type { XeroReply } from '../../../nodes/Xero/messages/XeroReply';

const answer = (status: number, headers: Record<string, string> = {}): XeroReply => ({
	kind: 'answered',
	status,
	headers,
	body: undefined,
});

const usedUp = answer(429, { 'x-rate-limit-problem': 'minute', 'retry-after': '37' });

function setUp() {
	let nowMs = 0;
	const slept: number[] = [];
	const pacer = createPacer({
		now: () => nowMs,
		async sleep(ms) {
			slept.push(ms);
			nowMs += ms;
		},
	});
	const entered: number[] = [];
	const enter = (call: number) => void pacer.enter().then(() => entered.push(call));
	return { pacer, enter, entered, slept };
}

const settled = async () => await new Promise<void>((resolve) => setImmediate(resolve));

it('lets five calls go at once, and the next one when one is answered', async () => {
	const { pacer, enter, entered } = setUp();

	for (let call = 1; call <= 7; call++) enter(call);
	await settled();
	const atOnce = [...entered];
	pacer.leave(answer(200));
	await settled();

	expect(atOnce).toHaveLength(MAX_IN_FLIGHT);
	expect(entered).toEqual([1, 2, 3, 4, 5, 6]);
});

it('sends one call ahead when the minute is used up', async () => {
	const { pacer, enter, entered } = setUp();
	enter(1);
	await settled();
	pacer.leave(answer(200, { 'x-minlimit-remaining': '0' }));

	for (let call = 2; call <= 6; call++) enter(call);
	await settled();

	expect(entered).toEqual([1, 2]);
});

it('waits as long as Xero says, all calls together', async () => {
	const { pacer, enter, entered, slept } = setUp();
	enter(1);
	await settled();
	pacer.leave(usedUp);

	enter(2);
	await settled();

	expect(slept).toEqual([37_000]);
	expect(entered).toEqual([1, 2]);
});

it('goes at full speed again after the wait', async () => {
	const { pacer, enter, entered } = setUp();
	enter(1);
	await settled();
	pacer.leave(usedUp);
	enter(2);
	await settled();
	pacer.leave(answer(200, { 'x-minlimit-remaining': '59' }));

	for (let call = 3; call <= 7; call++) enter(call);
	await settled();

	expect(entered).toHaveLength(7);
});

it('does not hold others back for the day limit or for a lost connection', async () => {
	const { pacer, enter, entered, slept } = setUp();
	enter(1);
	await settled();
	pacer.leave(answer(429, { 'x-rate-limit-problem': 'day', 'retry-after': '40000' }));
	enter(2);
	await settled();
	pacer.leave({ kind: 'lost', message: 'the connection was closed' });
	enter(3);
	await settled();

	expect(slept).toEqual([]);
	expect(entered).toEqual([1, 2, 3]);
});
