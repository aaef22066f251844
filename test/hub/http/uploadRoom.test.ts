import { createUploadRoom } from '../../../hub-server/src/http/uploadRoom';

describe('the room for uploads', () => {
	it('is bounded for each key, and free again when an upload has left', () => {
		const room = createUploadRoom(1_000);
		const first = room.enter('key', 100);
		first.take(60);

		expect(() => room.enter('key', 100).take(50)).toThrow(
			expect.objectContaining({ code: 'quota_reached', quota: 'uploadBytes', limit: 100 }),
		);
		expect(() => room.enter('another', 100).take(50)).not.toThrow();

		first.leave();
		first.leave();
		expect(() => room.enter('key', 100).take(100)).not.toThrow();
	});

	it('is bounded for the hub, over all keys', () => {
		const room = createUploadRoom(100);
		room.enter('one', 100).take(60);

		expect(() => room.enter('another', 100).take(50)).toThrow(
			expect.objectContaining({ code: 'rate_limited', headers: { 'Retry-After': '5' } }),
		);
	});
});
