import type { IDataObject, INodeParameters } from 'n8n-workflow';

import { picked, UNKNOWN_ID, type ResourceCases } from './OperationCases';
import type { Ledger } from './ledgerOfSandbox';

const PATH = '/files.xro/1.0';

/** A file in the inbox, put there without the node. */
const oneFile = async (ledger: Ledger): Promise<IDataObject> => {
	const name = ledger.unique('note').replace(' ', '-');
	return await ledger.uploadFile(`${name}.txt`, 'Hello');
};

const byId: INodeParameters = { file: picked('={{ $json.id }}') };
const itsId = { item: ({ Id }: IDataObject) => ({ id: Id }) };
const noId = { item: { id: 'file-1' }, message: '"file-1"' };
const noFile = { item: { id: UNKNOWN_ID }, message: /no record/ };

export const cases: ResourceCases = {
	associate: {
		parameters: { ...byId, objectGroup: 'Contact', objectId: picked('={{ $json.contact }}') },
		prepare: async (ledger) => ({
			...(await oneFile(ledger)),
			contact: (await ledger.put('Contacts', { Contacts: [{ Name: ledger.unique('Filed') }] }))[
				'ContactID'
			],
		}),
		success: {
			item: ({ Id, contact }) => ({ id: Id, contact }),
			output: ({ Id, contact }) => ({ FileId: Id, ObjectId: contact, ObjectGroup: 'Contact' }),
		},
		validationError: {
			item: ({ Id }) => ({ id: Id, contact: UNKNOWN_ID }),
			message: 'Object is not a Contact',
		},
		notFound: {
			item: ({ contact }) => ({ id: UNKNOWN_ID, contact }),
			message: /no record/,
		},
	},
	delete: {
		parameters: byId,
		prepare: oneFile,
		success: {
			...itsId,
			output: ({ Id }) => ({ deleted: true, Id }),
			async then({ ledger, prepared }) {
				const { status } = await ledger.call('GET', `${PATH}/Files/${String(prepared['Id'])}`);
				expect(status).toBe(404);
			},
		},
		validationError: noId,
		notFound: noFile,
	},
	download: {
		parameters: { ...byId, fileName: 'copy.txt' },
		prepare: oneFile,
		success: {
			...itsId,
			output: ({ Id }) => ({ Id, fileName: 'copy.txt', mimeType: 'text/plain', fileSize: 5 }),
			then({ items }) {
				const data = items[0]?.binary?.['data']?.data ?? '';
				expect(Buffer.from(data, 'base64').toString()).toBe('Hello');
			},
		},
		validationError: noId,
		notFound: noFile,
	},
	get: {
		parameters: byId,
		prepare: oneFile,
		success: { ...itsId, output: ({ Id, Name }) => ({ Id, Name, Size: 5 }) },
		validationError: noId,
		notFound: noFile,
	},
	getAll: {
		parameters: {
			limit: '={{ $json.limit }}',
			filters: { name: '={{ $json.name }}' },
		},
		prepare: oneFile,
		success: {
			item: ({ Name }) => ({ limit: 5, name: Name }),
			output: ({ Id }) => ({ Id }),
		},
		validationError: {
			item: { limit: 0, name: '' },
			message: 'Limit is not a whole number above zero',
		},
		notFound: { notApplicable: 'a list without matches is empty' },
	},
	upload: {
		parameters: {
			fileName: '={{ $json.name }}',
			folder: picked('={{ $json.folder ?? "" }}'),
		},
		binary: {
			data: {
				data: Buffer.from('%PDF-1.4 é').toString('base64'),
				mimeType: 'application/pdf',
				fileName: 'scan.pdf',
			},
		},
		prepare: async (ledger) => ({ name: `${ledger.unique('übersicht')}.pdf` }),
		success: {
			item: ({ name }) => ({ name }),
			output: ({ name }) => ({ Name: name, MimeType: 'application/pdf', Size: 11 }),
			async then({ ledger, items }) {
				const path = `${PATH}/Files/${String(items[0]?.json['Id'])}/Content`;
				expect(await (await ledger.call('GET', path)).text()).toBe('%PDF-1.4 é');
			},
		},
		validationError: {
			item: { name: 'virus.exe' },
			message: 'Extension: exe is not a valid File extension.',
		},
		notFound: { item: { name: 'a.pdf', folder: UNKNOWN_ID }, message: /no record/ },
	},
};
