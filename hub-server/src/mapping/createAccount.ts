import { createHash } from 'node:crypto';
import { Readable } from 'node:stream';
import { isNamed, isObject, isSame } from '../../protocol/xero';
import { ConflictError, InvalidFieldsError } from '../errors/requestErrors';
import {
	XeroConnectionFailedError,
	XeroRefusedError,
	XeroUnreachableError,
} from '../errors/xeroErrors';
import { readAtMost } from '../xero/api/readAtMost';
import type { WriteAnswer, WriteMemory } from '../xero/api/WriteMemory';
import { readJson } from '../xero/api/xeroAnswer';
import type { XeroApi } from '../xero/api/xeroApi';
import type { Chart, ChartOf } from './chart';
import { labelOf, type ChartValue } from './ChartValue';
import { chartValuesOf } from './chartValues';

/** Types that a person may want for lines and payments; a bank account is made in Xero, with its number. */
export const NEW_ACCOUNT_TYPES = [
	...(['REVENUE', 'SALES', 'OTHERINCOME', 'EXPENSE', 'OVERHEADS', 'DIRECTCOSTS'] as const),
	...(['CURRENT', 'FIXED', 'INVENTORY', 'CURRLIAB', 'LIABILITY', 'TERMLIAB', 'EQUITY'] as const),
] as const;

/** Xero's longest (OpenAPI file 16.1.0, Account). */
export const ACCOUNT_LENGTHS = { code: 10, name: 150 } as const;

/** One account is a thousandth of it. */
const MAX_BYTES = 1024 * 1024;

export interface NewAccount {
	readonly code: string;
	readonly name: string;
	readonly type: (typeof NEW_ACCOUNT_TYPES)[number];
	/** Xero's usual one of the type unless it is set. */
	readonly taxType?: string | undefined;
	/** Whether payments may go through it. */
	readonly takesPayments?: boolean | undefined;
}

/**
 * Makes an account in Xero because a person asked for it. One that is there with that code and name is answered as it is:
 * asking again after a lost answer makes no second one.
 *
 * @throws ConflictError where the code is another account's, InvalidFieldsError with Xero's words, and what `Chart.list`
 * throws
 */
export type CreateAccount = (
	of: ChartOf,
	account: NewAccount,
) => Promise<{ readonly isNew: boolean; readonly value: ChartValue }>;

export function createCreateAccount(deps: {
	readonly api: Pick<XeroApi, 'send'>;
	readonly chart: Pick<Chart, 'list' | 'forget'>;
	readonly writes: WriteMemory;
}): CreateAccount {
	const { api, chart, writes } = deps;

	return async function createAccount(of, account) {
		const values = await chart.list(of, 'account', 'now');
		const held = values.find(({ code }) => isSame(code, account.code));
		if (held !== undefined) {
			if (held.trouble === null && isSame(held.name, account.name)) {
				return { isNew: false, value: held };
			}
			throw new ConflictError(
				`The code ${account.code} is that of ${labelOf(held)} already. Take another code, or map to that account.`,
			);
		}
		const body = {
			Code: account.code,
			Name: account.name,
			Type: account.type,
			...(account.taxType !== undefined && { TaxType: account.taxType }),
			...(account.takesPayments === true && { EnablePaymentsToAccount: true }),
		};
		const { grantId, workspaceId, tenantId } = of;
		const key = createHash('sha256')
			.update(JSON.stringify([workspaceId, tenantId, body]))
			.digest('hex');
		const text = Buffer.from(JSON.stringify(body));
		const call = { workspaceId, tenantId, method: 'PUT', path: '/api.xro/2.0/Accounts' };
		const cause = { workflow: null, node: null };
		const remembered = await writes.begin({ ...call, cause, body: text });
		let told: WriteAnswer = { kind: 'silent' };
		let answer: unknown;
		try {
			const answered = await api.send({
				...{ ...call, grantId },
				headers: {
					'content-type': 'application/json',
					accept: 'application/json',
					'idempotency-key': key,
				},
				body: text,
			});
			const bytes = await readAtMost(answered.body, MAX_BYTES);
			told = { kind: 'answered', status: answered.status, body: bytes };
			answer = await readJson({ ...answered, body: Readable.from([bytes]) });
		} catch (cause) {
			if (cause instanceof XeroConnectionFailedError && !cause.wasSent) told = { kind: 'not_sent' };
			if (!(cause instanceof XeroRefusedError)) throw cause;
			throw new InvalidFieldsError([{ field: 'account', message: cause.message }]);
		} finally {
			remembered?.end(told);
			chart.forget(of, 'account');
		}
		const list = isObject(answer) ? answer['Accounts'] : undefined;
		const made: unknown = Array.isArray(list) ? list[0] : undefined;
		// A 200 without an id says nothing: what is there now is asked.
		const value =
			isObject(made) && isNamed(made, 'AccountID')
				? chartValuesOf('account', made)[0]
				: (await chart.list(of, 'account', 'now')).find(({ code }) => isSame(code, account.code));
		if (value === undefined) {
			throw new XeroUnreachableError('Xero answered without the account that it was asked to make');
		}
		return { isNew: true, value };
	};
}
