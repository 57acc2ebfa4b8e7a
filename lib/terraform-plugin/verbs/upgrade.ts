import { ProblemError } from "../../core/problem";
import { problemsOf } from "../diagnostics";
import { decodeJson, parseJson } from "../json";
import { Scope, type Engine, type Registered } from "../registry";
import type { Resource } from "../resource";
import { isObject, type Value, type ValueObject } from "../values";
import { withoutWriteOnly } from "../write-only";

/** UpgradeResourceState: called on every run, with the state as JSON, whether or not anything is to upgrade. */
export function upgrade(engine: Engine, entry: Registered<Resource>, fromVersion: number, json: Uint8Array) {
  const scope = new Scope(engine, entry.schema.attributes);
  try {
    const current = entry.schema.version ?? 0;
    if (fromVersion > current) throw new ProblemError(newerState(entry.schema.type, fromVersion, current));
    const state =
      fromVersion === current ? decodeJson(entry.type, parseJson(json)) : upgraded(entry, fromVersion, json);
    const stored = isObject(state) ? withoutWriteOnly(entry.schema.attributes, state) : state;
    return { upgraded_state: { msgpack: entry.codec.encode(stored) }, diagnostics: [] };
  } catch (error) {
    scope.problems.push(...problemsOf(error, `read the stored state of ${entry.schema.type}`));
    return { diagnostics: scope.diagnostics() };
  }
}

function upgraded(entry: Registered<Resource>, fromVersion: number, json: Uint8Array): Value {
  let state = parseJson(json) as ValueObject;
  for (let version = fromVersion; version < (entry.schema.version ?? 0); version += 1) {
    const step = entry.handler.upgrades?.[version];
    if (step !== undefined) state = step(state);
  }
  return decodeJson(entry.type, state);
}

const newerState = (type: string, stored: number, known: number) => ({
  code: "terraform/state-too-new",
  severity: "error" as const,
  summary: `The state of ${type} was written by a newer provider`,
  got: `state version ${stored}`,
  expected: `${known} or older`,
  fix: "Use the provider version that last applied this state, or a newer one.",
});
