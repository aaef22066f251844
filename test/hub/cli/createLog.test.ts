import { Writable } from 'node:stream';
import { createLog } from '../../../hub-server/src/cli/createLog';

const FOR_PEOPLE = /^\[\d\d:\d\d:\d\d\] INFO: The hub is up\.\n {4}port: 8787\n$/;

describe('the log', () => {
	function write(logFormat: 'auto' | 'pretty' | 'json', isTTY: boolean): string {
		let written = '';
		const stream = new Writable({
			write(text: Buffer, _encoding, done) {
				written += text.toString();
				done();
			},
		});
		Object.assign(stream, { isTTY });
		createLog({ logLevel: 'info', logFormat }, stream).info({ port: 8787 }, 'The hub is up.');
		return written;
	}
	// Colours are escape sequences.
	// eslint-disable-next-line no-control-regex
	const plain = (text: string) => text.replaceAll(/\u001b\[\d+m/g, '');

	it.each([
		['auto', true],
		['pretty', true],
	] as const)('has colours for people on a terminal: %s', (format, isTTY) => {
		const written = write(format, isTTY);

		expect(plain(written)).toMatch(FOR_PEOPLE);
		expect(written).not.toBe(plain(written));
	});

	it('has none where people read it from a file', () => {
		expect(write('pretty', false)).toMatch(FOR_PEOPLE);
	});

	it.each([
		['auto', false],
		['json', false],
		['json', true],
	] as const)('is a line of JSON for programs: %s, on a terminal: %s', (format, isTTY) => {
		const [line = '', ...rest] = write(format, isTTY).split('\n');

		expect(rest).toEqual(['']);
		expect(JSON.parse(line)).toMatchObject({ level: 30, port: 8787, msg: 'The hub is up.' });
	});
});
