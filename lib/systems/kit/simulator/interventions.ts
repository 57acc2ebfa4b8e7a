import { checked, inOneLine, type Contract } from "./checked";

/** A change behind Terraform's back; takes JSON, or nothing. */
export type Intervention = (argument: unknown) => unknown;
export type Interventions = Readonly<Record<string, Intervention>>;

/** Creates an intervention whose argument has this shape; no argument counts as `{}`. */
export function intervention<T>(shape: Contract<T>, act: (argument: T) => unknown): Intervention {
  return (argument) => act(checked(shape, argument ?? {}, (misfit) => new RangeError(inOneLine(misfit, "argument"))));
}

/** Finds a row by id or name; the only row where neither is given. */
export function theOne<Row>(
  rows: readonly Row[],
  wanted: { readonly id?: string | undefined; readonly name?: string | undefined },
  identity: (row: Row) => { readonly id: string; readonly name: string },
  what: string,
): Row {
  const found = rows.filter((row) => {
    const { id, name } = identity(row);
    return (!wanted.id || wanted.id === id) && (!wanted.name || wanted.name === name);
  });
  if (found.length === 1) return found[0]!;
  const names = rows.map((row) => identity(row).name).join(", ") || "none";
  throw new RangeError(`${found.length === 0 ? "No" : "More than one"} ${what} matches; there are: ${names}`);
}
