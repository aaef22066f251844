import type { SandboxRequest } from '../http/SandboxRequest';

export interface UploadedFile {
	readonly name: string;
	readonly mimeType: string;
	readonly bytes: Buffer;
}

/** The first part of a form that is a file; undefined where there is none. */
export function readMultipart(request: SandboxRequest): UploadedFile | undefined {
	const type = request.headers['content-type'] ?? '';
	const boundary = /^multipart\/form-data;.*boundary="?([^";]+)"?/i.exec(type)?.[1];
	if (boundary === undefined) return undefined;
	const text = request.body.toString('latin1');
	for (const part of text.split(`--${boundary}`).slice(1, -1)) {
		const end = part.indexOf('\r\n\r\n');
		const head = Buffer.from(part.slice(0, end), 'latin1').toString('utf8');
		const name = /filename="([^"]*)"/i.exec(head)?.[1];
		if (end < 0 || name === undefined) continue;
		return {
			name,
			mimeType: /content-type:\s*([^\r\n;]+)/i.exec(head)?.[1] ?? 'application/octet-stream',
			bytes: Buffer.from(part.slice(end + 4, -2), 'latin1'),
		};
	}
	return undefined;
}
