/** What stands behind the last @, as it is written; the whole text where there is none. @see https://www.rfc-editor.org/rfc/rfc5321#section-4.1.2 */
export const domainPart = (address: string): string => address.slice(address.lastIndexOf("@") + 1);

/** What stands before the last @; nothing where there is none. */
export const localPart = (address: string): string => address.slice(0, Math.max(0, address.lastIndexOf("@")));
