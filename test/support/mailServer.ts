import { SMTPServer } from 'smtp-server';

export interface MailServer {
	/** `smtp://127.0.0.1:…`. */
	readonly url: string;
	/** What came, oldest first; `text` is the whole message with its headers. */
	readonly mails: ReadonlyArray<{ readonly to: readonly string[]; readonly text: string }>;
	close(): Promise<void>;
}

/** A mail server that takes everything, and keeps it. */
export async function startMailServer(): Promise<MailServer> {
	const mails: Array<MailServer['mails'][number]> = [];
	const server = new SMTPServer({
		authOptional: true,
		disabledCommands: ['STARTTLS'],
		onData(stream, session, callback) {
			const chunks: Buffer[] = [];
			stream.on('data', (chunk: Buffer) => chunks.push(chunk));
			stream.on('end', () => {
				const to = session.envelope.rcptTo.map(({ address }) => address);
				mails.push({ to, text: Buffer.concat(chunks).toString() });
				callback();
			});
		},
	});
	await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
	const { port } = server.server.address() as { port: number };
	return {
		url: `smtp://127.0.0.1:${port}`,
		mails,
		close: () => new Promise<void>((resolve) => server.close(() => resolve())),
	};
}
