import { isUnknown } from "../../terraform-plugin/values";
import type { Planned } from "../../terraform-plugin/resource";
import type { testEmailSchema } from "./test-email.schema";

/** The names of the systems whose own tests are requested, as far as a plan knows them. */
export function systemsAsked(via: Planned<typeof testEmailSchema>["via"]): readonly string[] {
  if (via === null || isUnknown(via)) return [];
  const known = via.filter((one) => !isUnknown(one));
  return known.map(({ system }) => system).filter((system) => !isUnknown(system));
}
