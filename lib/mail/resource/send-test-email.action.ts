import type { Action } from "../../terraform-plugin/action";
import type { MailRuntime } from "../diagnosis/runtime";
import { sendTestEmailSchema } from "./send-test-email.schema";
import { systemsAsked } from "./systems-asked";

/** The test mail as an action: sent when it is invoked; its result is not stored. */
export const sendTestEmailAction: Action<typeof sendTestEmailSchema, MailRuntime> = {
  schema: sendTestEmailSchema,

  asks: ({ via }) => systemsAsked(via),

  async invoke(config, context) {
    // Most runs of the provider send no test: the diagnosis is loaded for those that do.
    const { sendNow } = await import("./test-now");
    return sendNow(config, context);
  },
};
