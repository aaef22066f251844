import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** An empty folder of the test's own; call `remove` when the test is over. */
export function temporaryFolder(): { readonly path: string; remove(): void } {
	const path = mkdtempSync(join(tmpdir(), 'xero-hub-test-'));
	return { path, remove: () => rmSync(path, { recursive: true, force: true }) };
}
