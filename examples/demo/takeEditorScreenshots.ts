import { join } from 'node:path';
import { chromium, selectors } from 'playwright-core';
import { debianTool } from '../../test/support/debianTool';
import { N8N_OWNER } from '../../test/support/n8nServer/n8nClient';
import { playInN8n } from './playInN8n';
import { createStory } from './story';

const FOLDER = join(__dirname, '..', '..', 'documentation', 'screenshots');

/** Takes the README's pictures of n8n's editor: `node --import tsx examples/demo/takeEditorScreenshots.ts`. */
async function take(): Promise<void> {
	const story = createStory(
		(line) => process.stdout.write(`${line}\n`),
		() => performance.now(),
	);
	const { n8n, workflowId, close } = await playInN8n(story);
	selectors.setTestIdAttribute('data-test-id');
	const browser = await chromium.launch({
		executablePath: debianTool('chromium'),
		args: ['--no-sandbox', '--disable-background-networking', '--disable-quic'],
	});
	try {
		const page = await browser.newPage({
			viewport: { width: 1280, height: 760 },
			colorScheme: 'light',
		});
		page.setDefaultTimeout(20_000);
		await page.goto(`${n8n.url}/signin`);
		await page.fill('input[type="email"]', N8N_OWNER.email);
		await page.fill('input[type="password"]', N8N_OWNER.password);
		await page.keyboard.press('Enter');
		await page.waitForURL((url) => !url.pathname.includes('signin'));

		await page.goto(`${n8n.url}/workflow/${workflowId}`);
		await page.getByText('When an invoice changes').first().waitFor();
		const settle = () => page.waitForTimeout(1_500);
		/** n8n's checklist closes at a click elsewhere. */
		const closeChecklist = async () => {
			await settle();
			await page.mouse.click(640, 600);
			await settle();
		};
		await closeChecklist();
		await page.screenshot({ path: join(FOLDER, 'editor-workflow.png') });

		for (const [index, name] of ['editor-trigger', 'editor-action'].entries()) {
			await page.getByTestId('canvas-node').nth(index).dblclick();
			await page.getByTestId('node-parameters').waitFor();
			await settle();
			await page.screenshot({ path: join(FOLDER, `${name}.png`) });
			await page.keyboard.press('Escape');
			await settle();
		}
		await page.goto(`${n8n.url}/workflow/${workflowId}/executions`);
		await page.getByText('Succeeded').first().waitFor();
		await closeChecklist();
		await page.screenshot({ path: join(FOLDER, 'editor-execution.png') });
	} finally {
		await browser.close();
		await close();
	}
}

void take();
