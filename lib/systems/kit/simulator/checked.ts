/** A contract: a zod schema, of either kind. */
export interface Contract<T> {
  safeParse(
    value: unknown,
  ): { readonly success: true; readonly data: T } | { readonly success: false; readonly error: Misfit };
}

/** Where a value does not keep its contract. */
export interface Misfit {
  readonly issues: readonly ContractIssue[];
}

export interface ContractIssue {
  readonly path: readonly PropertyKey[];
  readonly message: string;
}

/** The value, if it keeps the contract; otherwise throws what the vendor says. */
export function checked<T>(shape: Contract<T>, value: unknown, refuse: (misfit: Misfit) => Error): T {
  const parsed = shape.safeParse(value);
  if (parsed.success) return parsed.data;
  throw refuse(parsed.error);
}

/** "settings.0.key"; `whole` where it is all of the value. */
export function placeOf({ path }: ContractIssue, whole: string): string {
  return path.map(String).join(".") || whole;
}

/** One line: `port: expected a number; host: is missing`. */
export function inOneLine({ issues }: Misfit, whole = "value"): string {
  return issues.map((issue) => `${placeOf(issue, whole)}: ${issue.message}`).join("; ");
}
