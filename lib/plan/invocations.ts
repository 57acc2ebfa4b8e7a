import type { Redactor } from "../core/redaction";
import type { PlanJson } from "./contract";
import { isObject, mask } from "./masking";
import type { Values } from "./plan";
import { unknownPaths } from "./unknown-paths";

/** An action that the apply invokes beside the planned changes; Terraform has them since 1.14. */
export interface Invocation {
  /** "action.outbound_send_test_email.proof" */
  readonly address: string;
  /** "after create of outbound_ovh_vrops_flow.relay", "on request" */
  readonly when: string;
  /** "halt", "continue"; empty when the plan does not say. */
  readonly onFailure: string;
  /** Secrets are masked, and what is not known yet is absent. */
  readonly settings: Values;
  /** The paths of settings that only the apply will know, as `a.b[0]`. */
  readonly unknown: readonly string[];
}

/** @returns in the order in which Terraform lists them */
export function invocationsIn(json: PlanJson, redactor: Redactor): Invocation[] {
  return (json.action_invocations ?? []).map((one) => {
    const { address, config_values: values, config_sensitive: sensitive, config_unknown: unknown } = one;
    const {
      triggering_resource_address: trigger,
      action_trigger_event: event = "",
      on_failure: onFailure = "",
    } = one.lifecycle_action_trigger ?? {};
    const settings = mask(values, { sensitive, unknown }, redactor);
    return {
      address,
      when: trigger === undefined ? "on request" : `${inWords(event)} of ${trigger}`,
      onFailure: inWords(onFailure.replace("ActionOnFailure", "")),
      settings: isObject(settings) ? settings : {},
      unknown: unknownPaths(unknown),
    };
  });
}

/** Terraform writes the names of its own constants: "AfterCreate". */
const inWords = (name: string): string => name.replace(/\B[A-Z]/g, " $&").toLowerCase();
