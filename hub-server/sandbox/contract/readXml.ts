import { XMLParser, XMLValidator } from 'fast-xml-parser';
import { ApiError } from '../resource/apiError';
import { isObject, type Element } from '../writing/readElements';
import { accountingKinds } from './accountingKinds';
import type { BodyKind } from './bodyKind';
import type { MemberType } from './Kind';

/**
 * A body in XML as the same body would stand in JSON, its values still text: `<Invoices><Invoice>…`, or one
 * record alone.
 *
 * @throws ApiError PostDataInvalidException
 */
export function readXml(text: string, { collection, elements }: BodyKind): unknown {
	const validity = XMLValidator.validate(text);
	if (validity !== true) {
		const { msg, line, col } = validity.err;
		throw new ApiError(
			'PostDataInvalidException',
			`Xml for post data was invalid, ${msg} Line ${line}, position ${col}.`,
		);
	}
	const [[root, content] = ['', '']] = Object.entries(parser.parse(text) as Element);
	if (root === collection) return { [collection]: listOf(content, elements) };
	return root === elements.kind ? valueOf(content, elements) : {};
}

const parser = new XMLParser({
	ignoreDeclaration: true,
	ignorePiTags: true,
	ignoreAttributes: false,
	attributeNamePrefix: '@',
	parseTagValue: false,
	parseAttributeValue: false,
});

/** The members of a list stand in one element each, whatever its name. */
function listOf(content: unknown, type: MemberType): readonly unknown[] {
	if (!isObject(content)) return [];
	return Object.entries(content)
		.filter(([name]) => !name.startsWith('@'))
		.flatMap(([, members]) => (Array.isArray(members) ? (members as unknown[]) : [members]))
		.map((member) => valueOf(member, type));
}

function valueOf(content: unknown, type: MemberType): unknown {
	if (isObject(content) && content['@xsi:nil'] === 'true') return null;
	if (typeof type === 'string' || 'oneOf' in type) {
		return isObject(content) ? String(content['#text'] ?? '') : content;
	}
	if ('listOf' in type) return listOf(content, type.listOf);
	if (!isObject(content)) return {};
	const kind = accountingKinds[type.kind] ?? {};
	return Object.fromEntries(
		Object.entries(content)
			.filter(([name]) => Object.hasOwn(kind, name))
			.map(([name, member]) => [name, valueOf(member, kind[name] as MemberType)]),
	);
}
