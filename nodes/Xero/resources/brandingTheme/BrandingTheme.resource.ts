import { defineResource } from '../../operations/defineResource';
import * as get from './get.operation';
import * as getAll from './getAll.operation';

export const brandingTheme = defineResource({
	title: 'Branding Theme',
	value: 'brandingTheme',
	operations: {
		get,
		getAll,
	},
	choices: [
		{
			name: 'Get',
			value: 'get',
			action: 'Get branding theme',
			description: 'Get a branding theme by its ID',
		},
		{
			name: 'Get Many',
			value: 'getAll',
			action: 'Get many branding themes',
			description: 'List the branding themes',
		},
	],
	default: 'getAll',
	returnable: 'CreatedDateUTC LogoUrl Name SortOrder Type',
});
