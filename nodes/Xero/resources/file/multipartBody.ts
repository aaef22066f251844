import { createHash } from 'node:crypto';

export interface Multipart {
	readonly body: Buffer;
	readonly contentType: string;
}

/**
 * A form with one file in it, as the Files API takes uploads. The boundary comes from the file, so
 * that a repeated upload is the same request byte for byte.
 *
 * @param fileName without quotes and line breaks
 */
export function multipartBody(bytes: Buffer, fileName: string, mimeType: string): Multipart {
	const boundary = `xero-hub-${createHash('sha256').update(bytes).digest('hex')}`;
	const head = [
		`--${boundary}`,
		`Content-Disposition: form-data; name="${fileName}"; filename="${fileName}"`,
		`Content-Type: ${mimeType}`,
		'',
		'',
	].join('\r\n');
	return {
		body: Buffer.concat([Buffer.from(head), bytes, Buffer.from(`\r\n--${boundary}--\r\n`)]),
		contentType: `multipart/form-data; boundary=${boundary}`,
	};
}
