'use strict';

// Before the first line is drawn, so that nothing flashes. Without a script the system decides, and where the browser
// keeps nothing for sites too.
{
	const { dataset } = document.documentElement;
	const kept = (name) => {
		try {
			return localStorage.getItem(name);
		} catch {
			return null;
		}
	};
	dataset.theme = kept('theme') ?? 'system';
	dataset.keys = kept('keys') ?? 'on';
}
