import type { Contact } from '../world/Books';
import { pick, randomGuid, randomText, type Random } from '../world/random';
import type { Organisation } from '../world/World';
import { countries } from './countries';
import { companyFirst, companySecond, firstNames, lastNames, streets } from './names';
import { nameKey } from '../world/nameKey';

/** Adds that many contacts with names nobody has yet. `updatedMs` of the i-th is `at(i)`. */
export function seedContacts(
	organisation: Organisation,
	count: number,
	random: Random,
	at: (index: number) => number,
): Contact[] {
	const { contacts } = organisation.books;
	const made: Contact[] = [];
	for (let index = 0; index < count; index += 1) {
		const contact = seededContact(organisation, random, at(index));
		contacts.put(contact);
		made.push(contact);
	}
	return made;
}

function seededContact(organisation: Organisation, random: Random, updatedMs: number): Contact {
	const country = countries[organisation.country];
	const name = freeName(organisation, random);
	const [first, last] = [pick(random, firstNames), pick(random, lastNames)];
	const domain = name.toLowerCase().replaceAll(/[^a-z0-9]+/g, '');
	return {
		id: randomGuid(random),
		updatedMs,
		name,
		status: 'ACTIVE',
		number: undefined,
		fields: {
			FirstName: first,
			LastName: last,
			EmailAddress: `${first}.${last}@${domain}.example`.toLowerCase(),
			AccountNumber: randomText(random, '0123456789', 6),
			Addresses: [
				{
					AddressType: 'POBOX',
					AddressLine1: `${1 + Math.floor(random() * 250)} ${pick(random, streets)}`,
					City: pick(random, country.cities),
					PostalCode: randomText(random, '123456789', 4),
				},
			],
			Phones: [
				{
					PhoneType: 'DEFAULT',
					PhoneNumber: randomText(random, '0123456789', 7),
					PhoneAreaCode: randomText(random, '23479', 2),
					PhoneCountryCode: country.phoneCountryCode,
				},
			],
		},
	};
}

function freeName({ books }: Organisation, random: Random): string {
	const base = `${pick(random, companyFirst)} ${pick(random, companySecond)}`;
	if (books.contacts.find('activeName', nameKey(base)) === undefined) return base;
	const count = (books.counters.get('SEEDNAME') ?? 1) + 1;
	books.counters.set('SEEDNAME', count);
	return `${base} ${count}`;
}
