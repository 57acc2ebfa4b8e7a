import { ProblemError } from "../../core/problem";
import type { Resource } from "../../terraform-plugin/resource";
import { UNKNOWN } from "../../terraform-plugin/values";
import { parsePeriod } from "../../validators/period";
import type { MailRuntime } from "../diagnosis/runtime";
import { moves } from "./moves";
import { cannotImport, testedLongAgo } from "./errors";
import { systemsAsked } from "./systems-asked";
import { testEmailSchema } from "./test-email.schema";

/** A sent test. Creating it sends; there is no object to read, change or delete. */
export const testEmailResource: Resource<typeof testEmailSchema, MailRuntime> = {
  schema: testEmailSchema,

  async plan(request, { connect, report }) {
    const { prior, planned } = request;
    if (prior === null || planned === null) return;
    // Under "warn" a failed test stays in the state; once failures count, it is no proof.
    if (prior.ok === false && prior.on_failure === "warn" && planned.on_failure === "fail") {
      request.replace.add("on_failure");
    }
    const { rerun_after: after } = planned;
    if (typeof after !== "string") return;
    const runtime = await connect();
    if (runtime === undefined || prior.tested_at === null) return;
    const now = runtime.clock.now();
    const age = now - Date.parse(prior.tested_at);
    if (age < parsePeriod(after)!) return;
    // Terraform replaces a resource only for a difference.
    planned.tested_at = UNKNOWN;
    request.replace.add("tested_at");
    report(testedLongAgo(prior.tested_at, age, after));
  },

  asks: ({ via }) => systemsAsked(via),

  async create(request, context) {
    // Most runs of the provider send no test: the diagnosis is loaded for those that do.
    const { sendTest } = await import("./send-test");
    return sendTest(request, context);
  },

  read: async ({ prior }) => prior,

  // Only timeouts, on_failure, fallback and rerun_after get here; none needs another mail.
  update: async ({ planned, prior }) => {
    const { id, ok, verdict, stages, receivers, arrival, arrivals, message_id, tested_at } = prior;
    const { certificate_valid_from, certificate_expires_at } = prior;
    const found = { id, ok, verdict, stages, receivers, certificate_valid_from, certificate_expires_at };
    return { ...planned, ...found, arrival, arrivals, message_id, tested_at };
  },

  // A mail that was sent cannot be taken back.
  delete: async () => undefined,

  moves,

  import(id) {
    throw new ProblemError(cannotImport(id));
  },
};
