import { WINDOWS_TO_IANA_MAP } from 'windows-iana';

/**
 * The IANA time zone of an organisation's `Timezone`. Xero's OpenAPI file names zones as Windows does, in
 * capitals and without blanks, points and hyphens: `NEWZEALANDSTANDARDTIME`, `UTC02` (UTC-02).
 *
 * @returns undefined for a name that is not known
 */
export function organisationZone(timezone: string): string | undefined {
	return ZONES.get(keyOf(timezone));
}

const ZONES: ReadonlyMap<string, string> = new Map([
	...WINDOWS_TO_IANA_MAP.filter(({ territory }) => territory === '001').flatMap(
		({ windowsName, iana }): Array<readonly [string, string]> =>
			iana[0] === undefined ? [] : [[keyOf(windowsName), iana[0]]],
	),
	// Windows has given these up, so that Unicode's table has them no longer; Xero's list still does.
	['KAMCHATKASTANDARDTIME', 'Asia/Kamchatka'],
	['MIDATLANTICSTANDARDTIME', 'Etc/GMT+2'],
]);

function keyOf(name: string): string {
	return name.toUpperCase().replace(/[ .-]/g, '');
}
