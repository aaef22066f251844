'use strict';

// A form with data-passkey asks the browser for a passkey before it is sent. Without a script, or in a
// browser that knows no passkeys, it stays hidden.

const { browserSupportsWebAuthn, startAuthentication, startRegistration } =
	window.SimpleWebAuthnBrowser;

if (browserSupportsWebAuthn()) {
	for (const part of document.querySelectorAll('[data-passkeys]')) part.hidden = false;
}

document.addEventListener('submit', (event) => {
	const form = event.target;
	const options = event.submitter?.dataset.passkey ?? form.dataset.passkey;
	const field = form.querySelector('[data-passkey-answer]');
	if (!options || field.value !== '') return;
	event.preventDefault();
	void answer(form, field, options);
});

async function answer(form, field, address) {
	const problem = document.getElementById('passkey-problem');
	problem.hidden = true;
	try {
		const body = new URLSearchParams({ formToken: form.elements.formToken.value });
		const response = await fetch(address, { method: 'POST', body });
		if (!response.ok) throw new Error('The hub did not answer. Reload the page and try again.');
		const optionsJSON = await response.json();
		const isNew = 'pubKeyCredParams' in optionsJSON;
		const made = await (isNew ? startRegistration : startAuthentication)({ optionsJSON });
		field.value = JSON.stringify(made);
		form.requestSubmit();
	} catch (cause) {
		problem.textContent = wordsOf(cause);
		problem.hidden = false;
	}
}

function wordsOf(cause) {
	if (cause.name === 'NotAllowedError') return 'No passkey was used. Try again, or go on without.';
	if (cause.name === 'InvalidStateError') return 'This device has a passkey for you already.';
	return cause.message;
}
