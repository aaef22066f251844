import {
	createNoteChange,
	type NoteChange,
} from '../../../hub-server/src/administration/noteChange';
import { createApiKeyChanges } from '../../../hub-server/src/administration/apiKeyChanges';
import type { NewAuditEntry } from '../../../hub-server/src/audit/auditLog';

describe('a change that is noted', () => {
	let entries: NewAuditEntry[];
	let faults: unknown[];
	let noteChange: NoteChange;
	let append: (entry: NewAuditEntry) => Promise<void>;
	beforeEach(() => {
		entries = [];
		faults = [];
		append = async (entry) => void entries.push(entry);
		noteChange = createNoteChange({
			audit: { append: (entry) => append(entry) },
			onFault: (cause) => faults.push(cause),
		});
	});

	it('names who made it, from where and with which key', async () => {
		await noteChange(
			{
				name: 'API key “n8n” of acme',
				action: 'organisation.changed',
				call: 'PATCH /api/v1/connections/1',
				from: '192.0.2.1',
				keyId: 'key-1',
			},
			{ workspace: 'acme', action: 'organisation.enabled', detail: { organisation: 'Demo' } },
		);

		expect(entries).toEqual([
			{
				actor: 'API key “n8n” of acme',
				workspace: 'acme',
				action: 'organisation.changed',
				detail: {
					call: 'PATCH /api/v1/connections/1',
					from: '192.0.2.1',
					key: 'key-1',
					organisation: 'Demo',
				},
			},
		]);
	});

	it('is called what it is where the actor has no word for it', async () => {
		await noteChange({ name: 'command line' }, { action: 'encryption_keys.rotated' });

		expect(entries).toEqual([
			{
				actor: 'command line',
				workspace: undefined,
				action: 'encryption_keys.rotated',
				detail: {},
			},
		]);
	});

	it('is told to its maker after it was written, and not before', async () => {
		let isWritten = false;
		append = async () => {
			await new Promise((resolve) => setImmediate(resolve));
			isWritten = true;
		};
		const changes = createApiKeyChanges({
			apiKeys: { create: async () => ({ id: 'k', key: 'xhk_x' }) } as never,
			noteChange,
		});

		await changes.create({ name: 'somebody' }, { id: 'w', slug: 'acme' }, { name: 'n8n' });

		expect(isWritten).toBe(true);
	});

	it('stays made where it cannot be written, and the operator is told', async () => {
		const full = new Error('database or disk is full');
		append = () => Promise.reject(full);
		const changes = createApiKeyChanges({
			apiKeys: { create: async () => ({ id: 'k', key: 'xhk_x' }) } as never,
			noteChange,
		});

		const created = await changes.create({ name: 'x' }, { id: 'w', slug: 'acme' }, { name: 'n8n' });

		expect(created).toEqual({ id: 'k', key: 'xhk_x' });
		expect(faults).toEqual([full]);
	});
});
