import { readOnlyList } from '../../query/readOnlyList';
import { msDateTime } from '../../resource/xeroDate';
import type { BrandingTheme } from '../../world/Books';

export const brandingThemes = readOnlyList<BrandingTheme>({
	name: 'BrandingThemes',
	typeName: 'BrandingTheme',
	scopes: ['accounting.settings'],
	rows: (books) => books.brandingThemes,
	fields: { Name: { type: 'String', get: ({ name }) => name } },
	present: (theme) => ({
		BrandingThemeID: theme.id,
		Name: theme.name,
		Type: 'INVOICE',
		SortOrder: theme.sortOrder,
		CreatedDateUTC: msDateTime(theme.updatedMs),
	}),
});
