import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Browser, Page } from 'playwright-core';
import { eventually } from '../../support/eventually';
import { nodeBinary } from '../../support/nodeBinary';
import { startBrowser } from '../../support/portal/startBrowser';
import { OWNER } from '../../support/portal/portalPerson';
import { startProcess, type StartedProcess } from '../../support/processes';
import { repositoryRoot } from '../../support/repositoryRoot';

const README = readFileSync(join(repositoryRoot, 'README.md'), 'utf8');

/** The numbered steps after the demo's story, each as it is written. */
const STEPS = [...(README.split('With nothing but clicks:')[1] ?? '').matchAll(/^\d\. (.*)$/gm)]
	.map(([, step = '']) => step)
	.slice(0, 5);

describe("a newcomer who follows the README's steps, word by word", () => {
	let demo: StartedProcess;
	let browser: Browser;

	beforeAll(async () => {
		// What `npm run demo` does after the build, which the whole test run shares.
		demo = startProcess({
			name: 'npm run demo',
			command: nodeBinary,
			args: ['--import', 'tsx', 'examples/demo/run.ts'],
			env: { PATH: process.env['PATH'] ?? '', HOME: process.env['HOME'] ?? '' },
			cwd: repositoryRoot,
		});
		browser = await startBrowser();
	}, 60_000);
	afterAll(async () => {
		await browser?.close();
		await demo.stop();
	}, 60_000);

	/** What the demo printed beside those words. */
	const printed = (label: string) =>
		eventually(
			`the demo to print "${label}"`,
			async () => new RegExp(`${label} +(\\S.*)`).exec(demo.log())?.[1],
			{ timeoutMs: 90_000 },
		);

	it('sees, by clicking only, the event of an invoice that was approved', async () => {
		const portalLink = await printed('Portal, as its owner \\(once\\)');
		const sandboxUrl = await printed('Xero, the sandbox');
		const context = await browser.newContext();
		const [portal, sandbox] = [await context.newPage(), await context.newPage()];
		const said = [...STEPS];
		const next = (word: string) => expect(said.shift()).toContain(word);

		next('Create the owner account');
		await portal.goto(portalLink);
		await portal.getByLabel('Your name').fill(OWNER.name);
		await portal.getByLabel('Email address').fill(OWNER.email);
		await portal.getByLabel('Password', { exact: true }).fill(OWNER.password);
		await portal.getByRole('button', { name: 'Create the owner account' }).click();

		next('Choose the workspace **Demo**, and then **Events**');
		await portal.getByRole('rowheader').getByRole('link', { name: 'Demo' }).click();
		await chooseEvents(portal);

		next('Choose **Bayside Café Pty Ltd**');
		await sandbox.goto(sandboxUrl);
		await sandbox.getByRole('link', { name: 'Bayside Café Pty Ltd' }).click();

		next('Press **Approve** beside an invoice');
		const approve = sandbox.getByRole('button', { name: /^Approve INV-/ }).first();
		const number = (await approve.getAttribute('aria-label'))?.replace('Approve ', '') ?? '';
		await approve.click();

		next('the invoice is there, with its number, its contact and a green dot');
		const row = await eventually(
			'the event to have its name and its delivery',
			async () => {
				await chooseEvents(portal);
				const rows = portal.getByRole('row').filter({ hasText: number });
				const text = (await rows.count()) > 0 ? await rows.first().innerText() : '';
				return text.includes('1 delivered') ? text : undefined;
			},
			{ timeoutMs: 30_000, intervalMs: 500 },
		);
		expect(row).toMatch(/^Invoice /);
		expect(said).toEqual([]);
	}, 180_000);

	it('is told the command that changes an invoice, and it does', async () => {
		const command = await printed('Change an invoice');
		const [, fields = '', url = ''] = /curl -d "([^"]+)" (\S+)/.exec(command) ?? [];
		const before = demo.log().length;

		const answer = await fetch(url, {
			...{ method: 'POST', redirect: 'manual' },
			body: new URLSearchParams(fields),
		});

		expect(answer.status).toBe(302);
		await eventually('the workflow to run', async () =>
			demo.log().slice(before).includes('execution success: invoice.updated') ? true : undefined,
		);
	}, 60_000);
});

function chooseEvents(portal: Page): Promise<void> {
	return portal.getByRole('link', { name: 'Events', exact: true }).click();
}
