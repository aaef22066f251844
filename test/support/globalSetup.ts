import { openSharedServices } from './sharedServices';
import { makeSigningKeyOfRun } from './signingKeyOfRun';

declare global {
	/** Handed from Jest's global set-up to its tear-down; both run in one process. */
	var stopSharedServices: (() => Promise<void>) | undefined;
}

export default async function globalSetup(): Promise<void> {
	makeSigningKeyOfRun();
	globalThis.stopSharedServices = await openSharedServices();
}
