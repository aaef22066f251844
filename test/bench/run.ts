import { benchWebhookAcks } from './webhookAcks';

const print = (line: string) => process.stdout.write(`${line}\n`);

void benchWebhookAcks(print);
