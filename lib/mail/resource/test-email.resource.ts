import { ProblemError } from "../../core/problem";
import type { Resource } from "../../terraform-plugin/resource";
import { isUnknown } from "../../terraform-plugin/values";
import type { MailRuntime } from "../diagnosis/runtime";
import { cannotImport } from "./errors";
import { moves } from "./moves";
import { testEmailSchema } from "./test-email.schema";

/** A test that was sent. Creating it sends; there is nothing outside to read, change or delete. */
export const testEmailResource: Resource<typeof testEmailSchema, MailRuntime> = {
  schema: testEmailSchema,

  plan(request) {
    const { prior, planned } = request;
    // Under "warn" a failed test stays in the state; where failing counts from now on, it is no proof.
    if (prior && planned && prior.ok === false && prior.on_failure === "warn" && planned.on_failure === "fail") {
      if (!isUnknown(planned.on_failure)) request.replace.add("on_failure");
    }
  },

  asks({ via }) {
    if (via === null || isUnknown(via)) return [];
    const known = via.filter((one) => !isUnknown(one));
    return known.map(({ system }) => system).filter((system) => !isUnknown(system));
  },

  async create(request, context) {
    // Most runs of the provider send no test: the whole diagnosis is loaded for those that do.
    const { sendTest } = await import("./send-test");
    return sendTest(request, context);
  },

  read: async ({ prior }) => prior,

  // Only patience and on_failure get here; neither is worth another mail.
  update: async ({ planned, prior }) => {
    const { id, ok, verdict, stages, receivers, arrival, message_id, tested_at } = prior;
    const { certificate_valid_from, certificate_expires_at } = prior;
    const found = { id, ok, verdict, stages, receivers, certificate_valid_from, certificate_expires_at };
    return { ...planned, ...found, arrival, message_id, tested_at };
  },

  // A mail that was sent cannot be taken back.
  delete: async () => undefined,

  moves,

  import(id) {
    throw new ProblemError(cannotImport(id));
  },
};
