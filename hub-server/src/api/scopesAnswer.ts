import { z } from 'zod';
import { areaKey, readScopeChoice } from '../xero/identity/scopeChoice';
import { SCOPE_GROUPS } from '../xero/identity/xeroScopes';

/** What the hub asks Xero for, area by area. */
export const ScopesAnswer = z.object({
	scopes: z.string().describe('space separated, as they are asked for'),
	groups: z.array(
		z.object({
			name: z.string(),
			label: z.string(),
			note: z.string().nullable(),
			needs: z.string().nullable().describe('what Xero must have approved the app for first'),
			areas: z.array(
				z.object({
					label: z.string(),
					level: z.enum(['off', 'read', 'write']),
					read: z.string().nullable().describe('the scope that reads only'),
					write: z.string().nullable().describe('the scope that reads and writes'),
				}),
			),
		}),
	),
	other: z.array(z.string()).describe('asked for too, and not known to this hub'),
});

export function showScopes(scopes: string): z.output<typeof ScopesAnswer> {
	const { levels, other } = readScopeChoice(scopes.split(' '));
	const groups = SCOPE_GROUPS.map(({ name, label, note = null, needs = null, areas }) => ({
		...{ name, label, note, needs },
		areas: areas.map((area) => ({
			label: area.label,
			level: levels.get(areaKey(area)) ?? ('off' as const),
			read: area.read ?? null,
			write: area.write ?? null,
		})),
	}));
	return { scopes, groups, other: [...other] };
}
