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

// On a phone the tabs of a page are one long line.
for (const current of document.querySelectorAll('.tabs [aria-current]')) {
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

const THEMES = ['system', 'light', 'dark'];

for (const button of document.querySelectorAll('[data-theme-switch]')) {
	button.hidden = false;
	nameTheme(button);
	button.addEventListener('click', () => {
		const { dataset } = document.documentElement;
		dataset.theme = THEMES[(THEMES.indexOf(dataset.theme) + 1) % THEMES.length];
		remember('theme', dataset.theme);
		nameTheme(button);
	});
}

/** In this browser. Where it keeps nothing for sites, the choice holds for this page. */
function remember(name, value) {
	try {
		localStorage.setItem(name, value);
	} catch {
		// The choice is on the page already.
	}
}

function nameTheme(button) {
	const { theme } = document.documentElement.dataset;
	button.querySelector('[data-theme-name]').textContent = `Theme: ${theme}. Change it`;
}

// Times are local where there is a script: how long ago in a list, the moment elsewhere. Both say the moment in full, and in UTC.
const MOMENT = new Intl.DateTimeFormat('en-GB', { dateStyle: 'medium', timeStyle: 'short' });
const EXACT = new Intl.DateTimeFormat('en-GB', { dateStyle: 'full', timeStyle: 'long' });
const AGO = new Intl.RelativeTimeFormat('en', { numeric: 'auto', style: 'short' });
const UNITS = [
	['day', 86_400],
	['hour', 3_600],
	['minute', 60],
];

function showTimes(within) {
	for (const time of within.querySelectorAll('time[datetime*="T"]')) {
		const at = new Date(time.dateTime);
		time.title = `${EXACT.format(at)} · ${at.toISOString().replace('T', ' ').slice(0, 19)} UTC`;
		const isAlone = time.closest('td, .feed li') && time.parentElement.childNodes.length <= 2;
		time.textContent = (isAlone && ago(at)) || MOMENT.format(at);
	}
}

/** Undefined for what lies more than a week back: a date says more then. */
function ago(at) {
	const seconds = (at - Date.now()) / 1000;
	if (Math.abs(seconds) > 7 * 86_400) return undefined;
	for (const [unit, length] of UNITS) {
		if (Math.abs(seconds) >= length) return AGO.format(Math.round(seconds / length), unit);
	}
	return seconds > 0 ? 'soon' : 'just now';
}

showTimes(document);
setInterval(() => showTimes(document), 30_000);
document.addEventListener('htmx:after:swap', () => showTimes(document));
document.addEventListener('htmx:afterSwap', () => showTimes(document));

document.documentElement.classList.add('scripted');

// A choice in a filter acts at once; the button is for who has no script.
document.addEventListener('change', (event) => {
	const form = event.target.closest?.('[data-filter]');
	if (!form) return;
	const waitsForDays = event.target.name === 'last' && event.target.value === 'days';
	if (!waitsForDays) form.requestSubmit();
});

// Where there is room beside a list, its rows open there. Elsewhere, and for who has no script, they are pages.
const BESIDE = matchMedia('(min-width: 1100px)');

document.addEventListener('click', (event) => {
	const link = event.target.closest?.('[data-split] tbody th a');
	const isPlain = event.button === 0 && !event.metaKey && !event.ctrlKey && !event.shiftKey;
	if (!link || !isPlain || !BESIDE.matches || !document.querySelector('.split .aside')) return;
	event.preventDefault();
	void openBeside(link);
});

async function openBeside(link) {
	const aside = document.querySelector('.split .aside');
	const answer = await fetch(link.href).catch(() => undefined);
	const page = answer?.ok && new DOMParser().parseFromString(await answer.text(), 'text/html');
	const detail = page && page.getElementById('detail');
	if (!detail) {
		location.href = link.href;
		return;
	}
	for (const details of detail.querySelectorAll('details:not(.j)')) details.open = false;
	aside.replaceChildren(detail);
	aside.scrollTop = 0;
	for (const row of document.querySelectorAll('.split tr.chosen')) row.classList.remove('chosen');
	link.closest('tr').classList.add('chosen');
	showTimes(aside);
	showCopies(aside);
}

// Keys, as n8n and others have them; never while somebody types, and `?` says which there are. Whoever speaks to
// their computer would press them by a word, so that they can be switched off (WCAG 2.1.4).
const PLACES = {
	o: '',
	e: '/events',
	d: '/deliveries',
	a: '/activity',
	r: '/records/invoices',
	s: '/sync',
	w: '/workflows',
};
let goesTo = false;

const keysWish = document.querySelector('[data-keys-switch]');
if (keysWish) {
	keysWish.hidden = false;
	const box = keysWish.querySelector('input');
	box.checked = document.documentElement.dataset.keys !== 'off';
	box.addEventListener('change', () => {
		document.documentElement.dataset.keys = box.checked ? 'on' : 'off';
		remember('keys', document.documentElement.dataset.keys);
	});
}

document.addEventListener('keydown', (event) => {
	const isTyping = event.target.closest?.('input, select, textarea, [contenteditable]');
	const isOff = document.documentElement.dataset.keys === 'off';
	if (isOff || isTyping || event.metaKey || event.ctrlKey || event.altKey) return;
	const { key } = event;
	if (key === '?') document.getElementById('keys')?.showPopover();
	else if (key === '/') focusOn(event, '[type="search"]');
	else if (key === 'j' || key === 'k') moveTo(key === 'j' ? 1 : -1);
	else if (goesTo && key in PLACES) go(PLACES[key]);
	goesTo = key === 'g';
});

function focusOn(event, selector) {
	const field = document.querySelector(selector);
	if (!field) return;
	event.preventDefault();
	field.focus();
}

function moveTo(step) {
	const links = [...document.querySelectorAll('main tbody th[scope="row"] a')];
	if (links.length === 0) return;
	const at = links.indexOf(document.activeElement);
	const next = links[Math.min(links.length - 1, Math.max(0, at + step))];
	next.focus();
	if (BESIDE.matches && next.closest('[data-split]')) void openBeside(next);
}

function go(place) {
	const workspace = /^\/w\/[^/]+/.exec(location.pathname)?.[0];
	if (workspace) location.href = workspace + place;
}

// Values that are copied with one press: ids, addresses, and JSON as it would be written.
function showCopies(within) {
	for (const button of within.querySelectorAll('[data-copy-value], [data-copy-json]')) {
		button.hidden = false;
	}
}

document.addEventListener('click', async (event) => {
	const button = event.target.closest?.('[data-copy-value], [data-copy-json]');
	if (!button) return;
	const { copyValue, what } = button.dataset;
	const text = copyValue ?? asJson(button.parentElement.querySelector('pre').textContent);
	try {
		await navigator.clipboard.writeText(text);
	} catch {
		document.getElementById('spoken').textContent = `${what} could not be copied`;
		return;
	}
	document.getElementById('spoken').textContent = `${what} copied`;
	button.classList.add('copied');
	setTimeout(() => button.classList.remove('copied'), 2000);
});

function asJson(text) {
	try {
		return JSON.stringify(JSON.parse(text), undefined, 2);
	} catch {
		return text;
	}
}

showCopies(document);
document.addEventListener('htmx:after:swap', () => showCopies(document));
