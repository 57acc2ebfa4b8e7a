import { ProblemError } from "../core/problem";
import { decodePrivate } from "./private-state";
import type { Rpcs } from "./protocol";
import { decodeObject, type Engine, type Registered } from "./registry";
import type { PrivateState, Resource } from "./resource";
import type { Operation } from "./timeouts";
import { validateConfig } from "./validate";
import type { ValueObject } from "./values";

/** The change that ApplyResourceChange requests. */
export interface RequestedChange {
  readonly operation: Operation;
  /** Null on create. */
  readonly prior: ValueObject | null;
  /** Null on delete. */
  readonly planned: ValueObject | null;
  readonly config: ValueObject | null;
  readonly notes: PrivateState;
  /** The run that planned it, where Terraform passes that on: for destroys. */
  readonly plannedIn: string | undefined;
}

/**
 * Decodes a change. Terraform validates before it plans, so values that were unknown then are validated here for the first
 * time.
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
