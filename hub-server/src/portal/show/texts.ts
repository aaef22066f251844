/** How values read for people; templates call these as `it.text.…`. */
export const textOf = {
	/** 22 Nov 2026, 14:05 UTC */
	time(at: number | string): string {
		return `${TIME.format(new Date(at))} UTC`;
	},

	/** For the `datetime` attribute. */
	iso(at: number | string): string {
		return new Date(at).toISOString();
	},

	/** 22 Nov 2026 */
	day(at: number | string): string {
		return DAY.format(new Date(at));
	},

	/** 1,234.50 NZD; an amount that Xero did not send is a dash. */
	amount(value: number | null | undefined, currency?: string | null): string {
		if (value === null || value === undefined) return '–';
		const number = AMOUNT.format(value);
		return currency ? `${number} ${currency}` : number;
	},

	count(value: number): string {
		return COUNT.format(value);
	},

	/** 1 event, 2 events */
	plural(value: number, one: string, many = `${one}s`): string {
		return `${COUNT.format(value)} ${value === 1 ? one : many}`;
	},

	/** bank_transaction, AWAITING-PAYMENT → Bank transaction, Awaiting payment */
	words(code: string): string {
		const words = code.replace(/[_-]+/g, ' ').toLowerCase();
		return words.charAt(0).toUpperCase() + words.slice(1);
	},
} as const;

const TIME = new Intl.DateTimeFormat('en-GB', {
	timeZone: 'UTC',
	day: 'numeric',
	month: 'short',
	year: 'numeric',
	hour: '2-digit',
	minute: '2-digit',
});

const DAY = new Intl.DateTimeFormat('en-GB', {
	timeZone: 'UTC',
	day: 'numeric',
	month: 'short',
	year: 'numeric',
});

const AMOUNT = new Intl.NumberFormat('en-GB', {
	minimumFractionDigits: 2,
	maximumFractionDigits: 2,
});

const COUNT = new Intl.NumberFormat('en-GB');
