/** A contract: a zod schema, of either kind. */
export interface Contract<T> {
  safeParse(
    value: unknown,
  ): { readonly success: true; readonly data: T } | { readonly success: false; readonly error: Misfit };
}

/** The places where a value violates its contract. */
export interface Misfit {
  readonly issues: readonly ContractIssue[];
}

export interface ContractIssue {
  readonly path: readonly PropertyKey[];
  readonly message: string;
}

/** Returns the value if it keeps the contract; otherwise throws the vendor's refusal. */
export function checked<T>(shape: Contract<T>, value: unknown, refuse: (misfit: Misfit) => Error): T {
  const parsed = shape.safeParse(value);
  if (parsed.success) return parsed.data;
  throw refuse(parsed.error);
}

/** The place of an issue: "settings.0.key"; `whole` for the entire value. */
export function placeOf({ path }: ContractIssue, whole: string): string {
  return path.map(String).join(".") || whole;
}

/** All issues in one line: `port: expected a number; host: is missing`. */
export function inOneLine({ issues }: Misfit, whole = "value"): string {
  return issues.map((issue) => `${placeOf(issue, whole)}: ${issue.message}`).join("; ");
}
