import { PassThrough, Writable } from 'node:stream';
import { gunzipSync } from 'node:zlib';
import type { ExportLine } from '../../../hub-server/src/administration/clientExport';
import { writeExport } from '../../../hub-server/src/administration/exportStream';

/** Incompressible, so that what is written says how much was read. */
async function* lines(count: number, onRead: () => void): AsyncGenerator<ExportLine> {
	for (let n = 0; n < count; n += 1) {
		onRead();
		yield { kind: 'event', n, noise: crypto.getRandomValues(Buffer.alloc(1024)).toString('hex') };
	}
}

describe('an export', () => {
	it('is one line of JSON for each thing, gzipped', async () => {
		const to = new PassThrough();
		const whole = to.toArray();

		await writeExport(
			lines(3, () => undefined),
			to,
		);

		const text = gunzipSync(Buffer.concat(await whole)).toString();
		expect(text.endsWith('\n')).toBe(true);
		expect(
			text
				.trim()
				.split('\n')
				.map((line) => (JSON.parse(line) as { n: number }).n),
		).toEqual([0, 1, 2]);
	});

	it('is read no faster than it is taken', async () => {
		let read = 0;
		const stuck = new Writable({ highWaterMark: 1, write: () => undefined });
		const writing = writeExport(
			lines(100_000, () => (read += 1)),
			stuck,
		).catch(String);
		await new Promise((resolve) => setImmediate(() => setImmediate(resolve)));
		for (let turn = 0; turn < 200; turn += 1) await new Promise((resolve) => setImmediate(resolve));

		expect(read).toBeLessThan(1_000);
		stuck.destroy();
		expect(await writing).toMatch(/closed|premature/i);
	});

	it('fails where whoever reads it goes away, so that it does not count as made', async () => {
		const to = new PassThrough();
		to.once('data', () => to.destroy());

		await expect(
			writeExport(
				lines(10_000, () => undefined),
				to,
			),
		).rejects.toThrow(/premature/i);
	});
});
