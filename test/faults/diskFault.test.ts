import { join } from 'node:path';
import { debianTool } from '../support/debianTool';
import { startHubProcess, type HubProcess } from '../support/hubProcess';
import { provision } from '../support/provision';
import { payloadOf, postWebhook, signatureOf, xeroEvent } from '../support/signedWebhook';
import { temporaryFolder } from '../support/temporaryFolder';

/** A hub whose disk, from some call on, answers as a broken or a full one does. */
async function startHubOnDisk(folder: string, fault: string): Promise<HubProcess> {
	return await startHubProcess({
		dataDir: join(folder, 'data'),
		under: [
			debianTool('strace'),
			'-D',
			'-f',
			'-qq',
			'-e',
			'trace=fsync,fdatasync,pwrite64',
			'-e',
			`inject=${fault}`,
			'-o',
			'/dev/null',
		],
	});
}

describe('a disk that fails', () => {
	let folder: ReturnType<typeof temporaryFolder>;
	beforeEach(() => {
		folder = temporaryFolder();
	});
	afterEach(() => folder.remove());

	it.each([
		['cannot be flushed', 'fsync,fdatasync:error=EIO:when=40+'],
		['is full', 'pwrite64:error=ENOSPC:when=100+'],
	])(
		'and %s: Xero gets no 200 for what is not safe, and the hub is not ready',
		async (_case, fault) => {
			// Provisioned beforehand, so that the fault's count begins with the webhooks.
			const before = await startHubProcess({ dataDir: join(folder.path, 'data') });
			const { slug, webhookKey, apiKey } = await provision(before);
			await before.process.stop();
			const hub = await startHubOnDisk(folder.path, fault);
			const webhookUrl = `${hub.url}/webhooks/xero/${slug}`;
			const posted: { status: number; resourceId: string }[] = [];
			while (posted.filter(({ status }) => status !== 200).length < 5) {
				const event = xeroEvent();
				const body = payloadOf(event);
				const { status } = await postWebhook(webhookUrl, body, signatureOf(body, webhookKey));
				posted.push({ status, resourceId: event.resourceId });
				if (posted.length > 500) throw new Error('The fault never showed');
			}
			const ready = await fetch(`${hub.url}/readyz`);
			await hub.process.kill();

			const healthy = await startHubProcess({ dataDir: join(folder.path, 'data') });
			const { body: kept } = await healthy.call(
				'GET',
				'/api/v1/events?limit=200',
				undefined,
				apiKey,
			);
			await healthy.process.stop();

			const acked = posted.filter(({ status }) => status === 200);
			const keptIds = new Set(
				(kept.items as { resourceId: string }[]).map(({ resourceId }) => resourceId),
			);
			expect(ready.status).toBe(503);
			expect(new Set(posted.map(({ status }) => status))).toEqual(new Set([200, 503]));
			expect(acked.length).toBeGreaterThan(0);
			expect(acked.filter(({ resourceId }) => !keptIds.has(resourceId))).toEqual([]);
		},
		120_000,
	);
});
