import type { INodeProperties } from 'n8n-workflow';

import { refuse, refuseInput, success, type Outcome } from '../errors/failure';
import { explainFor } from '../requests/explainFor';
import {
	ORGANISATION_PATH,
	ORGANISATION_SCOPE,
	ORGANISATIONS,
} from '../requests/organisationAddress';
import { readCollection } from '../requests/readCollection';
import type { OperationRun } from '../run/OperationRun';

/**
 * Of Xero's payroll API: 1.0 is Australia's and made like the Accounting API, 2.0 is New Zealand's and
 * the United Kingdom's and made like the newer ones.
 */
export type PayrollVersion = '1.0' | '2.0';

export const payrollField: INodeProperties = {
	displayName: 'Payroll Of',
	name: 'payroll',
	type: 'options',
	options: [
		{ name: 'Australia', value: '1.0' },
		{ name: 'New Zealand or United Kingdom', value: '2.0' },
		{ name: "The Organisation's Country", value: 'organisation' },
	],
	default: 'organisation',
	description:
		'Xero has a payroll API for Australia and another for New Zealand and the United Kingdom. Naming the country saves a request, and the scope accounting.settings.read that it needs.',
};

/** Says which payroll an item means. Each organisation is asked for its country once. */
export function payrollFinder(
	run: OperationRun,
): (item: number, tenantId: string) => Promise<Outcome<PayrollVersion>> {
	const asked = new Map<string, Promise<Outcome<PayrollVersion>>>();
	return async (item, tenantId) => {
		const chosen = run.parameter(payrollField.name, item, payrollField.default);
		if (chosen === '1.0' || chosen === '2.0') return success(chosen);
		const known = asked.get(tenantId) ?? askForVersion(run, tenantId);
		asked.set(tenantId, known);
		return await known;
	};
}

async function askForVersion(
	run: OperationRun,
	tenantId: string,
): Promise<Outcome<PayrollVersion>> {
	const reply = await run.transport.send({ method: 'GET', path: ORGANISATION_PATH, tenantId });
	const organisation = readCollection(reply, ORGANISATIONS)?.records[0];
	if (organisation !== undefined) return versionOf(organisation.CountryCode);
	const { failure } = explainFor(run, reply, {
		tenantId,
		scope: ORGANISATION_SCOPE,
		effect: 'read',
	});
	return refuse({
		...failure,
		description:
			`${failure.description ?? ''} The country decides which payroll is read; you can name it in Payroll Of instead.`.trim(),
	});
}

/** @param country two letters, as an organisation has it in `CountryCode` */
export function versionOf(country: unknown): Outcome<PayrollVersion> {
	if (country === 'AU') return success('1.0');
	if (country === 'NZ' || country === 'GB') return success('2.0');
	return refuseInput(
		`Xero has no payroll API for the country of the organisation (${String(country)})`,
		'It has one for Australia, New Zealand and the United Kingdom.',
	);
}
