import { HubError } from '../../errors/HubError';

/** The form was made for another browser or another sign-in, or it is too old. */
export class FormExpiredError extends HubError {
	readonly code = 'form_expired';
	readonly status = 403;

	constructor() {
		super(
			'This page was open for too long, so nothing was saved. Go back, reload it and try again.',
		);
	}
}

/** The person's role does not allow it. */
export class NotAllowedError extends HubError {
	readonly code = 'not_allowed';
	readonly status = 403;

	constructor(who: string) {
		super(`Only ${who} may do this. Ask an owner of this hub to do it or to change your role.`);
	}
}

/** The operator asks for a second factor, and the person has none yet. */
export class SecondFactorMissingError extends HubError {
	readonly code = 'second_factor_missing';
	readonly status = 403;

	constructor() {
		super('This hub asks for a second factor. Set one up under Your account, then do this again.');
	}
}

/** Each open activity page costs the hub work every second. */
export class TooManyStreamsError extends HubError {
	readonly code = 'too_many_streams';
	readonly status = 429;

	constructor() {
		super('The activity is open in too many tabs. Close some of them and reload this one.');
	}
}
