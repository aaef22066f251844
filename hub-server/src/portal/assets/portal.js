'use strict';

// What the pages gain with a script; every one of them works without.

document.addEventListener('click', (event) => {
	const button = event.target.closest('[data-copy]');
	if (button) void copy(button);
});

document.addEventListener('submit', (event) => {
	const question = event.target.dataset.confirm;
	if (question && !window.confirm(question)) event.preventDefault();
});

for (const button of document.querySelectorAll('[data-copy]')) button.hidden = false;

document.querySelector('[data-focus]')?.focus();

// On a phone the navigation is one long line.
document
	.querySelector('.side [aria-current]')
	?.scrollIntoView({ block: 'nearest', inline: 'center' });

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
