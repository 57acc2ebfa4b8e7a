/** Of what is the same whatever the case of its letters: mail addresses, GUIDs, names of severities. */
export const sameIgnoringCase = (one: string, other: string): boolean => one.toLowerCase() === other.toLowerCase();
