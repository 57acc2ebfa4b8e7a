/**
 * The domain of an address, as written: what stands behind the last @, or the whole text where there is none.
 *
 * @see https://www.rfc-editor.org/rfc/rfc5321#section-4.1.2
 */
export const domainPart = (address: string): string => address.slice(address.lastIndexOf("@") + 1);

/** The local part of an address: what stands before the last @; empty where there is none. */
export const localPart = (address: string): string => address.slice(0, Math.max(0, address.lastIndexOf("@")));
