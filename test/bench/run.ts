import { benchProxyOverhead } from './proxyOverhead';
import { benchWebhookAcks } from './webhookAcks';

const print = (line: string) => process.stdout.write(`${line}\n`);

async function main(): Promise<void> {
	await benchProxyOverhead(print);
	await benchWebhookAcks(print);
}

void main();
