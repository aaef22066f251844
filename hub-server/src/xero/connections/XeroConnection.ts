/** An organisation that a user connected to the app, as Xero lists it. */
export interface XeroConnection {
	/** Of the connection, not of the organisation. */
	readonly id: string;
	readonly tenantId: string;
	readonly tenantName: string | null;
	/** ORGANISATION, PRACTICE or PRACTICEMANAGER. */
	readonly tenantType: string;
}
