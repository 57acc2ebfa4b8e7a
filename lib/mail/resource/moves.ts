import type { Move } from "../../terraform-plugin/resource";
import type { StateOf } from "../../terraform-plugin/schema";
import { isObject, type Value, type ValueObject } from "../../terraform-plugin/values";
import type { testEmailSchema } from "./test-email.schema";

type State = StateOf<typeof testEmailSchema>;

/**
 * Resources that people used for test mails: ones without an object, with a provisioner that sends a mail. Their
 * triggers are kept. What else they did is in a script, so that the test is declared as not made: the next apply makes
 * it.
 */
export const moves: readonly Move<typeof testEmailSchema>[] = [
  {
    type: "null_resource",
    provider: "null",
    state: (source) => untested("null_resource", source["id"], source["triggers"]),
  },
  {
    type: "terraform_data",
    provider: "terraform",
    state: (source) => untested("terraform_data", source["id"], typedValue(source["triggers_replace"])),
  },
];

/** A complete state: unknown values get ones that no configuration has, so that the test is made again. */
function untested(from: string, id: Value | undefined, triggers: Value | undefined): Partial<State> {
  return {
    id: typeof id === "string" && id !== "" ? id : `moved from ${from}`,
    smtp_host: "",
    smtp_port: 0,
    from_address: "",
    to: [],
    triggers: textsIn(triggers),
    ok: false,
    verdict: `No test was made: this was a ${from} until it was moved here.`,
    stages: [],
    receivers: [],
    tested_at: "",
  };
}

/** In the state, a value of the type `dynamic` is stored with its type. */
const typedValue = (value: Value | undefined): Value | undefined =>
  value !== undefined && isObject(value) && "value" in value && "type" in value ? value["value"] : value;

/** Triggers of `terraform_data` may have any type; those of a test are texts with names. */
function textsIn(triggers: Value | undefined): Record<string, string> | null {
  if (triggers === undefined || triggers === null) return null;
  const named: ValueObject = isObject(triggers) ? triggers : { triggers_replace: triggers };
  return Object.fromEntries(
    Object.entries(named).flatMap(([name, value]) => (value === null ? [] : [[name, textOf(value)]])),
  );
}

const textOf = (value: Value): string => (typeof value === "string" ? value : JSON.stringify(value));
