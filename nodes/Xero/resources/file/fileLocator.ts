import { codeLocator } from '../../fields/codePicker';
import { requiredLocator } from '../../fields/Locator';

export const fileLocator = requiredLocator(
	codeLocator({
		displayName: 'File',
		name: 'file',
		searchListMethod: 'searchFiles',
		manual: { displayName: 'By ID', placeholder: 'e.g. 3d413bfe-f40f-4807-b953-9a42f834ff15' },
	}),
);

export const folderLocator = codeLocator({
	displayName: 'Folder',
	name: 'folder',
	searchListMethod: 'searchFolders',
	manual: { displayName: 'By ID', placeholder: 'e.g. 554ff1ad-4b94-4266-9b45-e29bcb75e6bf' },
});
