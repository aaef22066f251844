import { N8N_OWNER } from '../../test/support/n8nServer/n8nClient';
import { playInN8n } from './playInN8n';
import { runDemo } from './runDemo';

/** `npm run demo:n8n`: the same story inside a full n8n server, with its editor to look at. */
void runDemo(async ({ story, stop, isOnce, untilStopped }) => {
	story.say('Xero Hub for n8n, in a full n8n server\n');
	const { n8n, stage, workflowId, close } = await playInN8n(story, stop);
	try {
		if (isOnce) return;
		story.say();
		story.say('Now you. Everything stays up until Ctrl-C.');
		story.say();
		story.say(`  n8n's editor, with workflow and credential   ${n8n.url}/workflow/${workflowId}`);
		story.say(`    e-mail                                     ${N8N_OWNER.email}`);
		story.say(`    password                                   ${N8N_OWNER.password}`);
		story.say(`  Portal, as its owner (once)                  ${stage.ownerLink}`);
		story.say(`  Xero, the sandbox                            ${stage.sandbox.url}`);
		story.say(`  API key, in n8n's credential already         ${stage.workspace.apiKey}`);
		story.say(`  Admin key of the hub                         ${stage.hub.adminKey}`);
		await untilStopped();
	} finally {
		await close();
	}
});
