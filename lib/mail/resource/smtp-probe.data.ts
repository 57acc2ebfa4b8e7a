import type { DataSource } from "../../terraform-plugin/resource";
import type { MailRuntime } from "../diagnosis/runtime";
import { smtpProbeSchema } from "./smtp-probe.schema";

/** The diagnosis as a data source: it never fails the run, it reports. */
export const smtpProbeData: DataSource<typeof smtpProbeSchema, MailRuntime> = {
  schema: smtpProbeSchema,

  async read(config, context) {
    // Most runs of the provider probe nothing: the diagnosis is loaded for those that do.
    const { probeServer } = await import("./probe-server");
    return probeServer(config, context);
  },
};
