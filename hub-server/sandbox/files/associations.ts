import { empty, json, type Reply } from '../http/Reply';
import { notFound } from '../resource/apiError';
import type { ApiCall, ApiResource } from '../resource/ApiResource';
import type { FileAssociation, StoredFile } from '../world/StoredFile';
import type { Element } from '../writing/readElements';
import { bodyOf } from './bodyOf';
import { fileOf } from './fileOf';
import { fileRefusal } from './fileRefusal';
import { objectTypes } from './objectTypes';

/** The ties between files and records. */
export const associations: ApiResource = {
	name: 'Associations',
	scopes: ['files'],
	routes: [
		{ method: 'GET', path: '/Files/:id/Associations', handle: ofFile },
		{ method: 'POST', path: '/Files/:id/Associations', handle: associate },
		{ method: 'DELETE', path: '/Files/:id/Associations/:objectId', handle: remove },
		{ method: 'GET', path: '/Associations/:objectId', handle: ofObject },
	],
};

function ofFile(call: ApiCall): Reply {
	const file = fileOf(call);
	return file === undefined
		? notFound()
		: json(
				200,
				file.associations.map((association) => present(file, association)),
			);
}

function ofObject(call: ApiCall): Reply {
	const wanted = call.params['objectId']?.toLowerCase();
	return json(
		200,
		call.books.storedFiles
			.inUpdateOrder()
			.flatMap((file) =>
				file.associations
					.filter(({ objectId }) => objectId === wanted)
					.map((association) => present(file, association)),
			),
	);
}

function associate(call: ApiCall): Reply {
	const file = fileOf(call);
	if (file === undefined) return notFound();
	const { ObjectId, ObjectGroup } = bodyOf(call.request);
	const objectId = String(ObjectId ?? '').toLowerCase();
	const objectGroup = String(ObjectGroup ?? '');
	const typeIn = objectTypes[objectGroup];
	if (typeIn === undefined) return fileRefusal('ObjectGroup is not valid');
	const objectType = typeIn(call.books, objectId);
	if (objectType === undefined) return fileRefusal(`Object is not a ${objectGroup}`);
	const association: FileAssociation = { objectId, objectGroup, objectType };
	call.transaction.put(call.books.storedFiles, {
		...file,
		updatedMs: call.nowMs,
		associations: [...file.associations, association],
	});
	return json(201, present(file, association));
}

function remove(call: ApiCall): Reply {
	const file = fileOf(call);
	const gone = call.params['objectId']?.toLowerCase();
	const left = file?.associations.filter(({ objectId }) => objectId !== gone);
	if (file === undefined || left?.length === file.associations.length) return notFound();
	call.transaction.put(call.books.storedFiles, {
		...file,
		updatedMs: call.nowMs,
		associations: left ?? [],
	});
	return empty(204);
}

function present(file: StoredFile, association: FileAssociation): Element {
	return {
		FileId: file.id,
		ObjectId: association.objectId,
		ObjectType: association.objectType,
		ObjectGroup: association.objectGroup,
	};
}
