import { resources } from '../accounting/resources';
import { assetResources } from '../assets/assetResources';
import { bankFeedResources } from '../bankFeeds/bankFeedResources';
import { fileResources } from '../files/fileResources';
import { payroll2 } from '../payroll/payroll2';
import { payrollAU } from '../payroll/payrollAU';
import { projectResources } from '../projects/projectResources';
import type { ApiResource } from '../resource/ApiResource';

/** One of Xero's APIs of an organisation. All of them stand behind the same gates. */
export interface OrganisationApi {
	/** Where it begins, without a trailing slash. */
	readonly prefix: string;
	readonly resources: readonly ApiResource[];
	/** Whether a client that does not ask for JSON gets XML. */
	readonly speaksXml: boolean;
	/** Whether its bodies are read by `contract/`, and what an address has no method for is a 501. */
	readonly isAccounting?: boolean;
}

/** Each of Xero's APIs that the sandbox stands in for. */
export const apis: readonly OrganisationApi[] = [
	{ prefix: '/api.xro/2.0', resources, speaksXml: true, isAccounting: true },
	{ prefix: '/assets.xro/1.0', resources: assetResources, speaksXml: false },
	{ prefix: '/bankfeeds.xro/1.0', resources: bankFeedResources, speaksXml: false },
	{ prefix: '/files.xro/1.0', resources: fileResources, speaksXml: false },
	{ prefix: '/payroll.xro/1.0', resources: payrollAU, speaksXml: true },
	{ prefix: '/payroll.xro/2.0', resources: payroll2, speaksXml: false },
	{ prefix: '/projects.xro/2.0', resources: projectResources, speaksXml: false },
];

/** The API that a path belongs to. */
export function apiOf(path: string): OrganisationApi | undefined {
	return apis.find(({ prefix }) => path.startsWith(`${prefix}/`));
}
