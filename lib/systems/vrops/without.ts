/** The object without some optional fields: for what a server tells but does not take back. */
export function without<T extends object>(object: T, optional: readonly string[]): T {
  return Object.fromEntries(Object.entries(object).filter(([name]) => !optional.includes(name))) as T;
}
