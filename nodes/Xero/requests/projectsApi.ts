/** The projects of Projects 2.0, below Xero's host. */
export const PROJECTS_PATH = 'projects.xro/2.0/Projects';

/** Reading is also possible with `projects.read`. */
export const PROJECTS_SCOPE = 'projects';
