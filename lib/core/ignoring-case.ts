/** Whether two texts are equal apart from case, as mail addresses, GUIDs and names of severities are. */
export const sameIgnoringCase = (one: string, other: string): boolean => one.toLowerCase() === other.toLowerCase();
