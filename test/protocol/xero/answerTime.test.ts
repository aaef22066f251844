import { answerTime } from '../../../hub-server/protocol/xero';

it("reads Xero's own time of an answer", () => {
	expect(answerTime({ DateTimeUTC: '/Date(1552404447003)/' })).toBe(1_552_404_447_003);
});

it.each([
	undefined,
	null,
	'',
	{},
	{ DateTimeUTC: null },
	{ DateTimeUTC: '/Date(0)/' },
	{ DateTimeUTC: 'now' },
])('finds none in %j', (body) => {
	expect(answerTime(body)).toBeUndefined();
});
