import type { ApiCall } from '../resource/ApiResource';
import type { FeedConnection } from '../world/BankFeeds';
import type { Account } from '../world/Books';
import { randomGuid } from '../world/random';
import type { Element } from '../writing/readElements';
import { feedProblem, missing, tooLong, type FeedProblem } from './feedProblem';

/** A new connection of a feed to a bank account, which is made where none has the number. */
export function connectFeed(
	call: ApiCall,
	item: Element,
): { readonly feed: FeedConnection } | { readonly problem: FeedProblem } {
	const problem = shapeProblem(item) ?? tokenProblem(call, text(item['accountToken']));
	if (problem !== undefined) return { problem };
	const currency = text(item['currency']);
	if (call.books.currencies.get(currency) === undefined) {
		return { problem: feedProblem('invalid-organisation-multi-currency') };
	}
	const account = accountOf(call, item);
	if (account === undefined) return { problem: feedProblem('account-not-valid') };

	const feed: FeedConnection = {
		id: randomGuid(call.context.random),
		updatedMs: call.nowMs,
		clientId: call.app.clientId,
		accountToken: text(item['accountToken']),
		accountId: account.id,
		accountNumber: text(item['accountNumber']) || text(account.fields['BankAccountNumber']),
		accountName: text(item['accountName']) || account.name,
		accountType: text(item['accountType']) === 'CREDITCARD' ? 'CREDITCARD' : 'BANK',
		currency,
		country: text(item['country']) || call.organisation.country,
	};
	call.transaction.put(call.books.feedConnections, feed);
	return { feed };
}

const REQUIRED = ['AccountToken', 'AccountType', 'Currency'];

function shapeProblem(item: Element): FeedProblem | undefined {
	const valueOf = (field: string) => text(item[field.charAt(0).toLowerCase() + field.slice(1)]);
	const absent = REQUIRED.find((field) => valueOf(field) === '');
	if (absent !== undefined) return missing(absent);
	const type = valueOf('AccountType');
	if (type !== 'BANK' && type !== 'CREDITCARD') {
		return feedProblem('invalid-request', "For the request field 'AccountType' is not valid.");
	}
	if (valueOf('AccountNumber') === '' && valueOf('AccountId') === '')
		return missing('AccountNumber');
	const longest = {
		AccountToken: 50,
		AccountNumber: type === 'BANK' ? 40 : 4,
		AccountName: 30,
	};
	const long = Object.entries(longest).find(([field, maximum]) => valueOf(field).length > maximum);
	return long === undefined ? undefined : tooLong(...long);
}

/** A token names one account at the institution, and so one feed in all of its organisations. */
function tokenProblem(call: ApiCall, token: string): FeedProblem | undefined {
	for (const { tenantId, books } of call.context.world.organisations.values()) {
		const isTaken = [...books.feedConnections.values()].some(
			(feed) => feed.clientId === call.app.clientId && feed.accountToken === token,
		);
		if (!isTaken) continue;
		return feedProblem(
			tenantId === call.organisation.tenantId
				? 'feed-already-connected-in-current-organisation'
				: 'feed-connected-in-different-organisation',
		);
	}
	return undefined;
}

function accountOf(call: ApiCall, item: Element): Account | undefined {
	const { accounts } = call.books;
	const id = text(item['accountId']).toLowerCase();
	if (id !== '') {
		const known = accounts.get(id);
		return known?.type === 'BANK' ? known : undefined;
	}
	const number = text(item['accountNumber']);
	const known = [...accounts.values()].find(({ fields }) => fields['BankAccountNumber'] === number);
	return known ?? newAccount(call, item, number);
}

function newAccount(call: ApiCall, item: Element, number: string): Account {
	const account: Account = {
		id: randomGuid(call.context.random),
		updatedMs: call.nowMs,
		code: undefined,
		name: text(item['accountName']) || `Feed ${number}`,
		type: 'BANK',
		class: 'ASSET',
		taxType: 'NONE',
		status: 'ACTIVE',
		systemAccount: undefined,
		fields: {
			BankAccountNumber: number,
			BankAccountType: text(item['accountType']),
			CurrencyCode: text(item['currency']),
		},
	};
	call.transaction.put(call.books.accounts, account);
	return account;
}

function text(value: unknown): string {
	return typeof value === 'string' ? value.trim() : '';
}
