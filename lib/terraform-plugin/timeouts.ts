import { withTimeout } from "../core/signals";
import { parseDuration, durationProblem } from "./duration";
import { nestedObject, string, type Attribute, type Attributes, type ValueProblem } from "./schema";
import type { Call } from "./service";
import { isObject, type Value, type ValueObject } from "./values";

export type Operation = "create" | "read" | "update" | "delete";

/**
 * The `timeouts` attribute: how long each operation may take.
 *
 * @param defaults what holds when the user says nothing, as durations: `{ create: "30m" }`
 * @see https://developer.hashicorp.com/terraform/language/resources/syntax#operation-timeouts
 */
export function timeouts<D extends Partial<Record<Operation, string>>>(defaults: D) {
  const attributes = Object.fromEntries(
    Object.entries(defaults).map(([operation, duration]) => [
      operation,
      string("optional", {
        description: `How long ${operation} may take, such as \`${duration}\`. Default: \`${duration}\`.`,
        validators: [
          { describes: "a duration such as `30m`", check: (text): ValueProblem | undefined => durationProblem(text) },
        ],
      }),
    ]),
  ) as { [K in keyof D & string]: Attribute<string, "optional"> };
  return {
    ...nestedObject(attributes, "optional", { description: "How long operations may take." }),
    timeouts: defaults,
  };
}

/** The call, aborted also when the operation takes longer than configuration or default allow; the time runs from the first look at its signal. */
export function limited(call: Call, attributes: Attributes, state: ValueObject | null, operation: Operation): Call {
  const limit = timeoutOf(attributes["timeouts"], state, operation);
  if (limit === undefined) return call;
  let signal: AbortSignal | undefined;
  return {
    get signal() {
      signal ??= withTimeout(call.signal, limit);
      return signal;
    },
  };
}

function timeoutOf(attribute: unknown, state: ValueObject | null, operation: Operation): number | undefined {
  const defaults = (attribute as { timeouts?: Partial<Record<Operation, string>> } | undefined)?.timeouts ?? {};
  const configured: Value = state?.["timeouts"] ?? null;
  const own = isObject(configured) ? configured[operation] : undefined;
  const text = typeof own === "string" ? own : defaults[operation];
  return text === undefined ? undefined : parseDuration(text);
}
