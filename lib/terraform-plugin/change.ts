import { ProblemError } from "../core/problem";
import { decodePrivate } from "./private-state";
import type { Rpcs } from "./protocol";
import { decodeObject, type Engine, type Registered } from "./registry";
import type { PrivateState, Resource } from "./resource";
import type { Operation } from "./timeouts";
import { validateConfig } from "./validate";
import type { ValueObject } from "./values";

/** What ApplyResourceChange asks for. */
export interface RequestedChange {
  readonly operation: Operation;
  /** Null on create. */
  readonly prior: ValueObject | null;
  /** Null on delete. */
  readonly planned: ValueObject | null;
  readonly config: ValueObject | null;
  readonly notes: PrivateState;
  /** The run that has planned it, where Terraform hands that on: for destroys. */
  readonly plannedIn: string | undefined;
}

/**
 * Terraform validates before it plans; values that were unknown then are seen here for the first time, and are held to
 * the same rules.
 *
 * @throws ProblemError when something does not decode, or a value that has become known is refused
 */
export function decodeChange(
  engine: Engine,
  entry: Registered<Resource>,
  request: Rpcs["ApplyResourceChange"]["request"],
): RequestedChange {
  const prior = decodeObject(engine, entry, request.prior_state);
  const planned = decodeObject(engine, entry, request.planned_state);
  const config = decodeObject(engine, entry, request.config);
  const { notes, marked } = decodePrivate(request.planned_private);
  if (config !== null) {
    const refused = validateConfig(entry.schema, config).filter(({ severity }) => severity === "error");
    if (refused.length > 0) throw new ProblemError(...refused);
  }
  return {
    operation: planned === null ? "delete" : prior === null ? "create" : "update",
    prior,
    planned,
    config,
    notes,
    plannedIn: marked?.run,
  };
}
