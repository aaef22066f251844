'use strict';

// What the pages gain with a script; every one of them works without.

document.addEventListener('click', (event) => {
	const button = event.target.closest('[data-copy]');
	if (button) void copy(button);
});

document.addEventListener('submit', (event) => {
	const form = event.target;
	const question = form.dataset.confirm;
	if (!question) return;
	if (window.confirm(question)) {
		// Or the hub would ask again, as it asks whoever has no script.
		if (!form.elements.confirmed) form.append(confirmation());
	} else event.preventDefault();
});

function confirmation() {
	const field = document.createElement('input');
	Object.assign(field, { type: 'hidden', name: 'confirmed', value: 'yes' });
	return field;
}

for (const button of document.querySelectorAll('[data-copy]')) button.hidden = false;

// A file goes as the text of its form: it may be looked at, and corrected, before it is sent.
document.addEventListener('change', async (event) => {
	const { files, dataset } = event.target;
	if (!dataset?.into || !files?.length) return;
	document.getElementById(dataset.into).value = await files[0].text();
});

document.querySelector('[data-focus]')?.focus();

// On a phone each navigation is one long line.
for (const current of document.querySelectorAll('.side [aria-current], .tabs [aria-current]')) {
	current.scrollIntoView({ block: 'nearest', inline: 'center' });
}

/** Copies the field that the button names, and says so to screen readers too. */
async function copy(button) {
	const field = document.getElementById(button.dataset.copy);
	field.select();
	try {
		await navigator.clipboard.writeText(field.value);
	} catch {
		document.execCommand('copy');
	}
	const label = button.textContent;
	button.textContent = 'Copied';
	document.getElementById('spoken').textContent = `${button.dataset.what} copied`;
	setTimeout(() => {
		button.textContent = label;
	}, 2000);
}
