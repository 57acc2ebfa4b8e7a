import { letGo, withTimeout } from "../core/signals";
import { parseDuration, durationProblem } from "./duration";
import { nestedObject, string, type Attribute, type Attributes, type ValueProblem } from "./schema";
import type { Call } from "./service";
import { isObject, type Value, type ValueObject } from "./values";

export type Operation = "create" | "read" | "update" | "delete";

/** The default time-out of reads and plans: a system that never answers costs no more than this. */
export const READ_TIMEOUT = "2m";

const OPERATIONS = ["create", "read", "update", "delete"] as const satisfies readonly Operation[];

/**
 * The `timeouts` attribute: how long each operation may take.
 *
 * @param changes the defaults, as durations: `{ create: "30m" }`. `read` always exists, by default {@link READ_TIMEOUT}; it
 * also limits plans, which read.
 * @see https://developer.hashicorp.com/terraform/language/resources/syntax#operation-timeouts
 */
export function timeouts<D extends Partial<Record<Operation, string>>>(changes: D) {
  const defaults: D & { read: string } = { read: READ_TIMEOUT, ...changes };
  const attributes = Object.fromEntries(
    OPERATIONS.filter((operation) => operation in defaults).map((operation) => [
      operation,
      string("optional", {
        description: `How long ${operation} may take, such as \`${defaults[operation]}\`. Default: \`${defaults[operation]}\`.`,
        validators: [
          { describes: "a duration such as `30m`", check: (text): ValueProblem | undefined => durationProblem(text) },
        ],
      }),
    ]),
  ) as { [K in (keyof D & string) | "read"]: Attribute<string, "optional"> };
  return {
    ...nestedObject(attributes, "optional", { description: "How long operations may take." }),
    timeouts: defaults,
  };
}

/**
 * The call, aborted also when the operation takes longer than its time-out; the time runs from the first look at its signal.
 */
export function limited(call: Call, attributes: Attributes, state: ValueObject | null, operation: Operation): Call {
  const limit = timeoutOf(attributes["timeouts"], state, operation);
  return limit === undefined ? call : within(call, limit);
}

/** Limits what is no longer than a read: plans without a configuration, imports. */
export const inReadTime = (call: Call): Call => within(call, parseDuration(READ_TIMEOUT)!);

function within(call: Call, limit: number): Call {
  let signal: AbortSignal | undefined;
  return {
    get signal() {
      if (signal === undefined) {
        const made = (signal = withTimeout(call.signal, limit));
        // Its timer would outlive the call by minutes, and a thousand of them.
        call.atEnd?.(() => letGo(made));
      }
      return signal;
    },
  };
}

function timeoutOf(attribute: unknown, state: ValueObject | null, operation: Operation): number | undefined {
  const defaults = (attribute as { timeouts?: Partial<Record<Operation, string>> } | undefined)?.timeouts ?? {};
  const configured: Value = state?.["timeouts"] ?? null;
  const own = isObject(configured) ? configured[operation] : undefined;
  const text = typeof own === "string" ? own : defaults[operation];
  return text === undefined ? undefined : durationOf(text);
}

/** Every call about an object asks for the same few. */
function durationOf(text: string): number | undefined {
  const known = durations.get(text);
  if (known !== undefined) return known;
  const parsed = parseDuration(text);
  if (parsed !== undefined) durations.set(text, parsed);
  return parsed;
}

const durations = new Map<string, number>();
