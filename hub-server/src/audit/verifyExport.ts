import { z } from 'zod';
import { SealedTextError, type KeyRing } from '../secrets/keyRing';
import { verifyChain, type AuditEntry, type AuditHead, type ChainVerdict } from './auditChain';
import { openAuditKey } from './auditKeys';

const Line = z.object({
	seq: z.int().positive(),
	at: z.iso.datetime(),
	actor: z.string(),
	workspace: z.string().nullable(),
	action: z.string(),
	detail: z.record(z.string(), z.string()),
	previousHash: z.string(),
	hash: z.string(),
	// Exports of versions without keys do not say it.
	keyId: z.string().nullable().default(null),
});

const End = z.object({
	head: z.object({ seq: z.int(), hash: z.string() }).nullable(),
	keys: z.record(z.string(), z.string()),
});

/**
 * Checks an export of the audit log by itself, without the ledger that it came from: it holds the keys of the
 * chain, sealed with the hub's encryption keys.
 *
 * @param lines of the export, read twice: its end says what the rest is checked with
 * @param keyRing with the encryption key of the time of the export
 */
export async function verifyExport(
	lines: () => AsyncIterable<string>,
	keyRing: Pick<KeyRing, 'open'>,
): Promise<ChainVerdict> {
	let last = '';
	for await (const line of lines()) if (line !== '') last = line;
	const end = End.safeParse(parsed(last)).data;
	const known = new Map<string, Buffer>();
	for (const [id, sealed] of Object.entries(end?.keys ?? {})) {
		try {
			known.set(id, openAuditKey(keyRing, id, sealed));
		} catch (cause) {
			if (!(cause instanceof SealedTextError)) throw cause;
			return {
				intact: false,
				brokenAt: 1,
				reason: `its key ${id} does not open (${cause.message})`,
			};
		}
	}
	const head: AuditHead | undefined = end?.head ?? undefined;
	try {
		return await verifyChain(entriesOf(lines()), (id) => known.get(id), head);
	} catch (cause) {
		if (!(cause instanceof NoEntryError)) throw cause;
		return { intact: false, brokenAt: cause.line, reason: 'the line is no entry of an audit log' };
	}
}

class NoEntryError extends Error {
	constructor(readonly line: number) {
		super();
	}
}

async function* entriesOf(lines: AsyncIterable<string>): AsyncGenerator<AuditEntry> {
	let number = 0;
	for await (const line of lines) {
		number += 1;
		if (line === '') continue;
		const value = parsed(line);
		if (End.safeParse(value).success) return;
		const { success, data } = Line.safeParse(value);
		if (!success) throw new NoEntryError(number);
		yield { ...data, at: Date.parse(data.at) };
	}
}

function parsed(line: string): unknown {
	try {
		return JSON.parse(line);
	} catch {
		return undefined;
	}
}
