import { ProblemError } from "../core/problem";
import { decodeJson, parseJson } from "./json";
import { unfitNumbers } from "./number-fit";
import type { RawState } from "./protocol";
import type { Registered } from "./registry";
import type { Resource } from "./resource";
import { listed, type Schema } from "./schema";
import { withDefaults } from "./settle";
import { flatState, incompleteState, newerState, unreadableState } from "./state-errors";
import { isObject, type ValueObject } from "./values";
import { withoutWriteOnly } from "./write-only";

/**
 * Decodes a state that some version of the provider, or a person, has written: upgraded to the current schema version, and
 * complete.
 *
 * @throws ProblemError that says what does not fit, where, and how to restore a sound state
 */
export function decodeStoredState(
  entry: Registered<Resource>,
  fromVersion: number,
  raw: RawState | null,
): ValueObject | null {
  const { schema } = entry;
  const current = schema.version ?? 0;
  if (fromVersion > current) throw newerState(schema.type, fromVersion, current);
  if (!raw?.json.length) throw flatState(schema.type);
  const json = parsed(schema.type, raw.json);
  if (json === null) return null;
  if (!isRecord(json))
    throw unreadableState(schema.type, [], "an object", Array.isArray(json) ? "a list" : typeof json);
  const state = decoded(entry, upgraded(entry, fromVersion, json));
  requireComplete(schema, state);
  const unfit = unfitNumbers(schema.attributes, state);
  if (unfit !== undefined) throw unreadableState(schema.type, unfit.path!, unfit.expected!, unfit.got!);
  // An attribute that is newer than the state has its default.
  return withoutWriteOnly(schema.attributes, withDefaults(schema.attributes, state));
}

function parsed(type: string, bytes: Uint8Array): unknown {
  try {
    return parseJson(bytes);
  } catch {
    throw unreadableState(type, [], "JSON", "text that is none");
  }
}

function upgraded({ schema, handler }: Registered<Resource>, fromVersion: number, json: ValueObject): ValueObject {
  let state = json;
  for (let version = fromVersion; version < (schema.version ?? 0); version += 1) {
    const step = handler.upgrades?.[version];
    try {
      if (step !== undefined) state = step(state);
    } catch (error) {
      if (error instanceof ProblemError) throw error;
      throw unreadableState(schema.type, [], `a state of version ${version}`, "one of another shape");
    }
  }
  return state;
}

function decoded({ schema, type }: Registered<Resource>, json: ValueObject): ValueObject {
  try {
    return decodeJson(type, json) as ValueObject;
  } catch (error) {
    if (!(error instanceof ProblemError)) throw error;
    const [{ path = [], expected = "another type", got = "this" }] = error.problems as [
      ProblemError["problems"][number],
    ];
    throw unreadableState(schema.type, path, expected, got);
  }
}

/** Checks that a stored object has what handlers rely on. */
function requireComplete({ type, attributes }: Schema, state: ValueObject): void {
  for (const { name, attribute } of listed(attributes)) {
    const { presence, writeOnly } = attribute;
    const value = state[name] ?? null;
    const missing = name === "id" ? value === null || value === "" : presence === "required" && value === null;
    if (missing && writeOnly !== true) throw incompleteState(type, name);
  }
}

const isRecord = (json: unknown): json is ValueObject => isObject(json as ValueObject);
