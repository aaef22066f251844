import { N8N_OWNER } from '../../test/support/n8nServer/n8nClient';
import { playInN8n } from './playInN8n';
import { createStory } from './story';
import { untilStopSignal } from './untilStopSignal';

/** `npm run demo:n8n`: the same story inside a full n8n server, with its editor to look at. */
async function demo(staysUp: boolean): Promise<void> {
	const story = createStory(
		(line) => process.stdout.write(`${line}\n`),
		() => performance.now(),
	);
	story.say('Xero Hub for n8n, in a full n8n server\n');
	const { n8n, stage, workflowId, close } = await playInN8n(story);
	try {
		if (!staysUp) return;
		story.say();
		const [, ownerLink = stage.hub.url] =
			/Make the first owner, once: (\S+)/.exec(stage.hub.process.log()) ?? [];
		story.say('Now you. Everything stays up until Ctrl-C.');
		story.say();
		story.say(`  n8n's editor, with workflow and credential   ${n8n.url}/workflow/${workflowId}`);
		story.say(`    e-mail                                     ${N8N_OWNER.email}`);
		story.say(`    password                                   ${N8N_OWNER.password}`);
		story.say(`  Portal, as its owner (once)                  ${ownerLink}`);
		story.say(`  Xero, the sandbox                            ${stage.sandbox.url}`);
		story.say(`  Admin key of the hub                         ${stage.hub.adminKey}`);
		await untilStopSignal();
	} finally {
		await close();
	}
}

demo(!process.argv.includes('--once')).catch((cause: unknown) => {
	process.stderr.write(
		`\nThe demo failed: ${cause instanceof Error ? cause.message : String(cause)}\n`,
	);
	process.exitCode = 1;
});
