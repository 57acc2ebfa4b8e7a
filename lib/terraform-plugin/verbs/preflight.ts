import { ProblemError, type Problem } from "../../core/problem";
import { problemsOf } from "../diagnostics";
import type { Connected, Engine, Registered } from "../registry";
import type { Call } from "../service";

export interface Looked {
  /** The clients that it will need besides its own. */
  readonly others: readonly string[];
  /** Whether logins are tried, too: where nothing has been read yet. With `-refresh=false` none is. */
  readonly logsIn: boolean;
  /** The operation that fails when one of them does: "plan lab_machine". */
  readonly doing: string;
}

/** The entry's own connection, and those of the others. */
export const connectionsOf = (entry: Registered<unknown>, others: readonly string[]): readonly Connected[] => [
  entry,
  ...[...new Set(others)].flatMap((name) => entry.connectionTo(name) ?? []),
];

/**
 * Finds what would prevent an operation, as far as that can be determined before: missing settings, and a refused login.
 * Returns warnings.
 *
 * @throws ProblemError with all that was found, when one is an error
 */
export async function preflight(
  engine: Engine,
  entry: Registered<unknown>,
  { others, logsIn, doing }: Looked,
  call: Call,
): Promise<readonly Problem[]> {
  const { provider } = engine;
  const look = async (connection: Connected) => {
    if (connection.pending(provider) !== undefined) return [];
    await connection.client(provider);
    return logsIn && engine.refreshes() ? connection.checkLogin(provider, call.signal) : [];
  };
  const told = (error: unknown) => problemsOf(error, doing, call);
  const found = await Promise.all(connectionsOf(entry, others).map((one) => look(one).catch(told)));
  const [first, ...rest] = found.flat();
  if (first !== undefined && [first, ...rest].some(({ severity }) => severity === "error")) {
    throw new ProblemError(first, ...rest);
  }
  return first === undefined ? [] : [first, ...rest];
}
