import { chromium, type Browser } from 'playwright-core';
import { debianTool } from '../debianTool';

/**
 * A headless Chromium, installed from Debian's packages where it is missing and this user may.
 *
 * @throws Error that says what to install
 */
export function startBrowser(): Promise<Browser> {
	return chromium.launch({
		executablePath: debianTool('chromium'),
		args: ['--no-sandbox', '--disable-background-networking', '--disable-quic'],
	});
}
