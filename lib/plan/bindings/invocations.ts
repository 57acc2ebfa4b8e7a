import { KNOWN_AFTER_APPLY } from "../../core/terraform-text";
import type { Invocation } from "../invocations";
import { binding, linesOf, type Binding, type Normaliser } from "./binding";

/** Actions run programs and send mail like provisioners, and no change of a resource shows them. */
export function bindingsOfInvocations(invocations: readonly Invocation[], normaliser: Normaliser): Binding[] {
  return invocations.map(({ address, when, onFailure, settings, unknown }) => {
    const value = normaliser.value(settings);
    const lines = [
      ...linesOf(value),
      ...unknown.map((path) => `${path} = ${KNOWN_AFTER_APPLY}`),
      ...(onFailure === "" || onFailure === "halt" ? [] : [`on_failure = ${onFailure}`]),
    ];
    return binding("action", `${address} ${when}`, { value, unknown, onFailure }, lines);
  });
}
