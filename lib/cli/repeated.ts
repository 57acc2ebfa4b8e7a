/** For commander: an option that may be repeated, each value behind the earlier ones. */
export const collect = (value: string, earlier: readonly string[] = []): string[] => [...earlier, value];
