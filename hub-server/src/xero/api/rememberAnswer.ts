import { pipeline, Transform, type Readable } from 'node:stream';
import type { OpenWrite } from './WriteMemory';
import type { XeroApiAnswer } from './xeroApi';

/** A hundred invoices have less; what is longer is passed on and not remembered. */
const MAX_BYTES = 4 * 1024 * 1024;

/** The answer's body, byte for byte and as it comes; a copy goes to the memory of writes at its end. */
export function rememberAnswer(
	{ status, headers, body }: XeroApiAnswer,
	write: OpenWrite,
): Readable {
	const answered = { kind: 'answered', status } as const;
	if (!String(headers['content-type']).includes('json')) {
		write.end(answered);
		return body;
	}
	let copied: Buffer[] | undefined = [];
	let size = 0;
	const copy = new Transform({
		transform(chunk: Buffer, _encoding, done) {
			size += chunk.length;
			if (size > MAX_BYTES) copied = undefined;
			copied?.push(chunk);
			done(null, chunk);
		},
		flush(done) {
			const encoding = headers['content-encoding']?.toString();
			write.end({ ...answered, ...(copied && { body: Buffer.concat(copied), encoding }) });
			done();
		},
	});
	return pipeline(body, copy, (cause) => {
		if (cause) write.end(answered);
	});
}
