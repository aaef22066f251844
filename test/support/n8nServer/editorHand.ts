import { selectors, type Browser, type Locator, type Page } from 'playwright-core';
import { N8N_OWNER } from './n8nClient';

/** A person at n8n's editor, who writes down what the hand does. */
export interface EditorHand {
	readonly page: Page;
	/** What was clicked, in words. */
	readonly clicks: readonly string[];
	/** Keys that were pressed besides text that was typed. */
	readonly keys: readonly string[];
	/** Waits until it is there and can be clicked, as a person would. */
	click(what: string, at: Locator): Promise<void>;
	press(key: 'Enter' | 'Escape'): Promise<void>;
	/** Types where the cursor is. */
	type(text: string): Promise<void>;
	/** Clicks into a field, and types in the place of what it holds. */
	replace(what: string, field: Locator, text: string): Promise<void>;
	/** Clicks on an entry of the list of nodes, or of a node's actions, by its whole name. */
	choose(name: string): Promise<void>;
	/** Presses Enter once the entry is the one that the list highlights. */
	takeHighlighted(name: string): Promise<void>;
}

/** Signs in as the owner, and opens a new workflow: an empty canvas. */
export async function openNewWorkflow(browser: Browser, n8nUrl: string): Promise<EditorHand> {
	selectors.setTestIdAttribute('data-test-id');
	const page = await browser.newPage({ viewport: { width: 1280, height: 800 } });
	page.setDefaultTimeout(30_000);
	await page.goto(`${n8nUrl}/signin`);
	await page.fill('input[type="email"]', N8N_OWNER.email);
	await page.fill('input[type="password"]', N8N_OWNER.password);
	await page.keyboard.press('Enter');
	await page.waitForURL((url) => !url.pathname.includes('signin'));
	await page.goto(`${n8nUrl}/workflow/new`);
	// The new workflow gets its id first; until then the editor closes what was opened.
	await page.waitForURL((url) => !url.pathname.endsWith('/new'));
	await page.getByTestId('canvas-add-button').waitFor();

	const clicks: string[] = [];
	const keys: string[] = [];
	const click: EditorHand['click'] = async (what, at) => {
		await at.click();
		clicks.push(what);
	};
	const press: EditorHand['press'] = async (key) => {
		await page.keyboard.press(key);
		keys.push(key);
	};
	return {
		page,
		clicks,
		keys,
		click,
		press,
		async type(text) {
			await page.keyboard.type(text);
		},
		async choose(name) {
			const entry = page.getByTestId('node-creator-item-name').getByText(name, { exact: true });
			await click(name, entry.first());
		},
		async takeHighlighted(name) {
			const highlighted = page.locator('[data-keyboard-nav-type][class*="_active_"]');
			await highlighted.getByText(name, { exact: true }).first().waitFor();
			await press('Enter');
		},
		async replace(what, field, text) {
			const input = field.locator('input').first();
			await click(what, input);
			await input.fill(text);
		},
	};
}
