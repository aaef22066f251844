import fc from 'fast-check';

import { multipartBody } from '../../../nodes/Xero/resources/file/multipartBody';

const bytesOf = fc.uint8Array({ maxLength: 500 }).map((bytes) => Buffer.from(bytes));

/** Node's own parser is the judge. */
const parse = async ({ body, contentType }: ReturnType<typeof multipartBody>) =>
	[
		...(
			await new Response(new Uint8Array(body), {
				headers: { 'content-type': contentType },
			}).formData()
		).values(),
	] as File[];

describe('the form of an upload', () => {
	it('carries the file byte for byte', async () => {
		await fc.assert(
			fc.asyncProperty(bytesOf, async (bytes) => {
				const [file, ...others] = await parse(
					multipartBody(bytes, 'Über sicht.pdf', 'application/pdf'),
				);

				expect(others).toEqual([]);
				expect(file?.name).toBe('Über sicht.pdf');
				expect(file?.type).toBe('application/pdf');
				expect(Buffer.from((await file?.arrayBuffer()) ?? new ArrayBuffer())).toEqual(bytes);
			}),
		);
	});

	it('is the same each time, so that a repeated upload can be recognised', () => {
		const bytes = Buffer.from('content');

		expect(multipartBody(bytes, 'a.pdf', 'application/pdf')).toEqual(
			multipartBody(bytes, 'a.pdf', 'application/pdf'),
		);
	});
});
