import type { Action } from "../../terraform-plugin/action";
import type { MailRuntime } from "../diagnosis/runtime";
import { probeActionSchema } from "./probe-action.schema";

/** The diagnosis as an action: shows the stages as they pass, and fails with a failed stage. */
export const probeAction: Action<typeof probeActionSchema, MailRuntime> = {
  schema: probeActionSchema,

  async invoke(config, context) {
    // Most runs of the provider probe nothing: the diagnosis is loaded for those that do.
    const { probeNow } = await import("./test-now");
    return probeNow(config, context);
  },
};
