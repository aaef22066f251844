import fc from 'fast-check';
import { ApiError } from '../../hub-server/sandbox/resource/apiError';
import type { Fields } from '../../hub-server/sandbox/query/Field';
import { parseWhere } from '../../hub-server/sandbox/query/parseWhere';

interface Row {
	readonly name: string | undefined;
	readonly total: number;
	readonly date: number;
	readonly sent: boolean;
}

const fields: Fields<Row> = {
	Name: { type: 'String', get: ({ name }) => name },
	Total: { type: 'Decimal', get: ({ total }) => total },
	Date: { type: 'DateTime', get: ({ date }) => date },
	Sent: { type: 'Boolean', get: ({ sent }) => sent },
};
const matches = (text: string, row: Row) => parseWhere(text, fields, 'Row').matches(row);

const day = fc
	.date({ min: new Date('2000-01-01'), max: new Date('2040-12-31'), noInvalidDate: true })
	.map((date) => Math.floor(date.getTime() / 86_400_000) * 86_400_000);
const row: fc.Arbitrary<Row> = fc.record({
	name: fc.option(fc.string(), { nil: undefined }),
	total: fc.integer({ min: -1_000_000, max: 1_000_000 }).map((cents) => cents / 100),
	date: day,
	sent: fc.boolean(),
});
const operators = {
	'==': (o: number) => o === 0,
	'!=': (o: number) => o !== 0,
	'<': (o: number) => o < 0,
	'<=': (o: number) => o <= 0,
	'>': (o: number) => o > 0,
	'>=': (o: number) => o >= 0,
} as const;
const operator = fc.constantFrom(...(Object.keys(operators) as (keyof typeof operators)[]));
const quote = (text: string) => `"${text.replaceAll('"', '""')}"`;
const dateTime = (ms: number) => {
	const date = new Date(ms);
	return `DateTime(${date.getUTCFullYear()},${date.getUTCMonth() + 1},${date.getUTCDate()})`;
};

interface Condition {
	readonly text: string;
	holds(row: Row): boolean;
}
const comparison: fc.Arbitrary<Condition> = fc.oneof(
	fc.tuple(operator, fc.integer({ min: -1_000_000, max: 1_000_000 })).map(([op, cents]) => ({
		text: `Total${op}${(cents / 100).toFixed(2)}`,
		holds: ({ total }: Row) => operators[op](Math.sign(total - cents / 100)),
	})),
	fc.tuple(operator, day).map(([op, ms]) => ({
		text: `Date ${op} ${dateTime(ms)}`,
		holds: ({ date }: Row) => operators[op](Math.sign(date - ms)),
	})),
	fc.string().map((text) => ({
		text: `Name==${quote(text)}`,
		holds: ({ name }: Row) => name?.toLowerCase() === text.toLowerCase(),
	})),
	fc.string().map((text) => ({
		text: `Name.Contains(${quote(text)})`,
		holds: ({ name }: Row) => name?.toLowerCase().includes(text.toLowerCase()) ?? false,
	})),
	fc.constantFrom('Name!=null', 'Name == null').map((text) => ({
		text,
		holds: ({ name }: Row) => (name === undefined) === text.includes('=='),
	})),
	fc.constant({ text: 'Sent==true', holds: ({ sent }: Row) => sent }),
);
const expression: fc.Arbitrary<Condition> = fc.letrec<{ node: Condition }>((tie) => ({
	node: fc.oneof(
		{ depthSize: 'small' },
		comparison,
		fc.tuple(tie('node'), tie('node')).map(([a, b]) => ({
			text: `(${a.text}) AND (${b.text})`,
			holds: (r: Row) => a.holds(r) && b.holds(r),
		})),
		fc.tuple(tie('node'), tie('node')).map(([a, b]) => ({
			text: `(${a.text} || (${b.text}))`,
			holds: (r: Row) => a.holds(r) || b.holds(r),
		})),
		tie('node').map((a) => ({ text: `!(${a.text})`, holds: (r: Row) => !a.holds(r) })),
	),
})).node;

it('matches exactly the rows that fulfil the filter, however it is put together', () => {
	fc.assert(
		fc.property(expression, row, ({ text, holds }, r) => matches(text, r) === holds(r)),
		{ numRuns: 2_000 },
	);
});

it('binds AND tighter than OR', () => {
	const r: Row = { name: undefined, total: 1, date: 0, sent: true };

	expect(matches('Total==1 OR Total==2 AND Sent==false', r)).toBe(true);
	expect(matches('(Total==1 OR Total==2) AND Sent==false', r)).toBe(false);
});

it('takes any text without failing otherwise than by a QueryParseException', () => {
	fc.assert(
		fc.property(
			fc.oneof(
				fc.string(),
				expression.map(({ text }) => text.slice(0, -1)),
			),
			row,
			(text, r) => {
				try {
					matches(text, r);
				} catch (error) {
					expect(error).toBeInstanceOf(ApiError);
					expect((error as ApiError).type).toBe('QueryParseException');
				}
			},
		),
		{ numRuns: 2_000 },
	);
});

it('keeps a quote that was escaped inside the text, so that text cannot end the filter', () => {
	fc.assert(
		fc.property(fc.string(), fc.string(), (wanted, name) => {
			const found = matches(`Name==${quote(wanted)}`, { name, total: 0, date: 0, sent: false });
			expect(found).toBe(wanted.toLowerCase() === name.toLowerCase());
		}),
	);
});

it('takes a backslash for an ordinary character, which keeps no quote inside the text', () => {
	const r: Row = { name: 'x\\', total: 0, date: 0, sent: false };

	expect(matches('Name=="x\\"', r)).toBe(true);
	expect(() => matches('Name=="x\\"y"', r)).toThrow('Syntax error');
});

it('refuses doubled quotes where they are switched off', () => {
	const r: Row = { name: 'a"b', total: 0, date: 0, sent: false };

	expect(parseWhere('Name=="a""b"', fields, 'Row').matches(r)).toBe(true);
	expect(() => parseWhere('Name=="a""b"', fields, 'Row', false)).toThrow(ApiError);
	expect(parseWhere('Name!="a"', fields, 'Row', false).matches(r)).toBe(true);
});
