import type { Page } from 'playwright-core';
import type { SandboxApp } from '../sandboxClient';
import type { StartedPortal } from './startPortal';

export const OWNER = {
	name: 'Owner',
	email: 'owner@example.com',
	password: 'a garden of nine lamps',
} as const;

/** Does with a real browser what an owner does on the first day. */
export function portalPerson(page: Page, portal: Pick<StartedPortal, 'url' | 'setUpLink'>) {
	const fill = (label: string, value: string) =>
		page.getByLabel(label, { exact: true }).fill(value);
	const press = (name: string) => page.getByRole('button', { name, exact: true }).click();

	return {
		async setUp(): Promise<void> {
			await page.goto(portal.setUpLink);
			await fill('Your name', OWNER.name);
			await fill('Email address', OWNER.email);
			await fill('Password', OWNER.password);
			await press('Create the owner account');
			await page.getByRole('heading', { name: 'Workspaces', exact: true }).waitFor();
		},

		async signIn(): Promise<void> {
			await page.goto(`${portal.url}/sign-in`);
			await fill('Email address', OWNER.email);
			await fill('Password', OWNER.password);
			await press('Sign in');
			await page.getByRole('heading', { name: 'Workspaces', exact: true }).waitFor();
		},

		async createWorkspace(name: string): Promise<void> {
			await page.goto(`${portal.url}/workspaces/new`);
			await fill('Name', name);
			await press('Create the workspace');
			await page.getByRole('heading', { level: 1, name }).waitFor();
		},

		async saveAppKeys(slug: string, app: SandboxApp): Promise<void> {
			await page.goto(`${portal.url}/w/${slug}/app-keys`);
			await fill('Client id', app.clientId);
			await fill('Client secret', app.clientSecret ?? '');
			await fill('Webhook key', app.webhookKey);
			await press('Save the keys');
			await page.getByText('The app keys were saved.').waitFor();
		},

		/** Through Xero's own page: there the first organisation is chosen. */
		async connect(slug: string): Promise<void> {
			await page.goto(`${portal.url}/w/${slug}`);
			await press('Connect to Xero');
			await page.getByRole('button', { name: 'Allow access' }).click();
			await page.waitForURL(/\/(?:w\/.*\/connected|oauth\/callback)/);
		},
	};
}
