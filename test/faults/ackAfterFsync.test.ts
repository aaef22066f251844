import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { debianTool } from '../support/debianTool';
import { startHubProcess } from '../support/hubProcess';
import { provision } from '../support/provision';
import { payloadOf, postWebhook, signatureOf, xeroEvent } from '../support/signedWebhook';
import { temporaryFolder } from '../support/temporaryFolder';

const POSTS = 20;

/** Runs a hub under strace, posts to it one webhook after another, and reads what it asked of Linux. */
async function traceOfPosts(nodeArgs: readonly string[]): Promise<string[]> {
	const folder = temporaryFolder();
	const traceFile = join(folder.path, 'trace');
	try {
		const hub = await startHubProcess({
			dataDir: join(folder.path, 'data'),
			nodeArgs,
			under: [
				debianTool('strace'),
				// The tracer steps aside, so that signals reach the hub.
				'-D',
				'-f',
				'-qq',
				'-e',
				'trace=fsync,fdatasync,read,write,writev',
				'-s',
				'64',
				'-o',
				traceFile,
			],
		});
		const { webhookUrl, webhookKey } = await provision(hub);
		for (let post = 0; post < POSTS; post += 1) {
			const body = payloadOf(xeroEvent());
			const response = await postWebhook(webhookUrl, body, signatureOf(body, webhookKey));
			expect(response.status).toBe(200);
		}
		await hub.process.stop();
		return readFileSync(traceFile, 'utf8').split('\n');
	} finally {
		folder.remove();
	}
}

/** For each webhook's 200: whether a completed fsync lies between reading the request and the answer. */
function acksAfterFsync(trace: readonly string[]): boolean[] {
	const acks: boolean[] = [];
	let reading = false;
	let synced = false;
	for (const line of trace) {
		if (/read\(\d+, "POST \/webhooks\//.test(line) || /resumed>"POST \/webhooks\//.test(line)) {
			reading = true;
			synced = false;
		} else if (/(fsync|fdatasync)(\(\d+\)| resumed>.*\))\s+= 0/.test(line)) {
			synced = true;
		} else if (reading && /writev?\(\d+, .*"HTTP\/1\.1 200 OK/.test(line)) {
			acks.push(synced);
			reading = false;
		}
	}
	return acks;
}

describe('the answer to a webhook', () => {
	it('leaves only after an fsync of its data', async () => {
		const acks = acksAfterFsync(await traceOfPosts([]));

		expect(acks).toEqual(Array.from({ length: POSTS }, () => true));
	}, 120_000);

	it('control: without durability the same check finds every answer too early', async () => {
		const withoutFsync = ['--require', join(__dirname, 'withoutFsync.cjs')];

		const acks = acksAfterFsync(await traceOfPosts(withoutFsync));

		expect(acks).toEqual(Array.from({ length: POSTS }, () => false));
	}, 120_000);
});
