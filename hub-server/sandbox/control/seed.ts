import type { SandboxContext } from '../context/SandboxContext';
import { seedContacts } from '../seed/seedContacts';
import { seedCreditNotes } from '../seed/seedCreditNotes';
import { seedInvoices } from '../seed/seedInvoices';
import { seededRandom } from '../world/random';
import type { ChangeEvent } from '../world/Transaction';
import type { Organisation } from '../world/World';
import type { SeedWish } from './controlSchemas';

/** Bulk data, straight into the books: no validation, no limits, and no events unless wished for. */
export function seed(
	context: SandboxContext,
	organisation: Organisation,
	wish: SeedWish,
): {
	readonly contacts: number;
	readonly invoices: number;
	readonly creditNotes: number;
	readonly ms: number;
} {
	const startedMs = performance.now();
	const { books, tenantId } = organisation;
	const random = seededRandom(`${tenantId} ${books.contacts.size} ${books.invoices.size}`);
	const now = context.now();

	const contacts = seedContacts(organisation, wish.contacts, random, () => now);
	const invoices = seedInvoices(organisation, wish.invoices, random, () => now);
	const creditNotes = seedCreditNotes(organisation, wish.creditNotes, random, () => now);
	const events: ChangeEvent[] = [
		...contacts.map(
			({ id }) =>
				({ category: 'CONTACT', type: 'CREATE', resource: 'Contacts', resourceId: id }) as const,
		),
		...invoices.map(
			({ id }) =>
				({ category: 'INVOICE', type: 'CREATE', resource: 'Invoices', resourceId: id }) as const,
		),
		...creditNotes.map(
			({ id, type, status }) =>
				({
					category: 'CREDITNOTE',
					type: 'CREATE',
					resource: 'CreditNotes',
					resourceId: id,
					data: { Type: type, Status: status },
				}) as const,
		),
	];
	context.committed(tenantId, wish.events ? events : []);
	return {
		contacts: contacts.length,
		invoices: invoices.length,
		creditNotes: creditNotes.length,
		ms: Math.round(performance.now() - startedMs),
	};
}
