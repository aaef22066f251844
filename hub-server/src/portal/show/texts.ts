/** How values read for people; templates call these as `it.text.…`. */
export const textOf = {
	/** 22 Nov 2026, 14:05 UTC */
	time(at: number | string): string {
		const time = new Date(at);
		return `${dayOf(time)}, ${time.toISOString().slice(11, 16)} UTC`;
	},

	/** 22 Nov 2026, 14:05:09 UTC */
	exactTime(at: number | string): string {
		const time = new Date(at);
		return `${dayOf(time)}, ${time.toISOString().slice(11, 19)} UTC`;
	},

	/** For the `datetime` attribute. */
	iso(at: number | string): string {
		return new Date(at).toISOString();
	},

	/** 22 Nov 2026 */
	day(at: number | string): string {
		return dayOf(new Date(at));
	},

	/** 1,234.50; an amount that Xero did not send is a dash. */
	amount(value: number | null | undefined): string {
		return value === null || value === undefined ? '–' : AMOUNT.format(value);
	},

	count(value: number): string {
		return COUNT.format(value);
	},

	/** 340 ms, 2.1 s, 12 min */
	duration(ms: number): string {
		if (ms < 1_000) return `${Math.round(ms)} ms`;
		if (ms < 60_000) return `${SIZE.format(ms / 1_000)} s`;
		if (ms < 3_600_000) return `${Math.round(ms / 60_000)} min`;
		return `${SIZE.format(ms / 3_600_000)} h`;
	},

	/** 34 MB, 1.2 GB */
	bytes(value: number): string {
		const units = ['bytes', 'kB', 'MB', 'GB', 'TB'];
		const power = value < 1 ? 0 : Math.min(units.length - 1, Math.floor(Math.log10(value) / 3));
		return `${SIZE.format(value / 1000 ** power)} ${units[power]}`;
	},

	/** 1 event, 2 events */
	plural(value: number, one: string, many = `${one}s`): string {
		return `${COUNT.format(value)} ${value === 1 ? one : many}`;
	},

	/** bank_transaction, AUTHORISED, clientId, api_key.created → Bank transaction, Authorised, … */
	words(code: string): string {
		const words = code
			.replace(/([a-z])([A-Z])/g, '$1 $2')
			.replace(/[._-]+/g, ' ')
			.toLowerCase()
			.replace(/\bapi\b/g, 'API')
			.replace(/\bcreditnote\b/, 'credit note');
		return words.charAt(0).toUpperCase() + words.slice(1);
	},
} as const;

const MONTHS = 'Jan Feb Mar Apr May Jun Jul Aug Sep Oct Nov Dec'.split(' ');

function dayOf(at: Date): string {
	return `${at.getUTCDate()} ${MONTHS[at.getUTCMonth()]} ${at.getUTCFullYear()}`;
}

const AMOUNT = new Intl.NumberFormat('en-GB', {
	minimumFractionDigits: 2,
	maximumFractionDigits: 2,
});

const SIZE = new Intl.NumberFormat('en-GB', { maximumSignificantDigits: 3 });

const COUNT = new Intl.NumberFormat('en-GB');
