/** Commander's parser for a repeatable option: appends each value. */
export const collect = (value: string, earlier: readonly string[] = []): string[] => [...earlier, value];
