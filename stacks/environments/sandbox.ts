import { ProblemError, Receiver, SmtpServer } from "cdktf-provider-outbound";
import { defineEnvironment } from "../environment";

/**
 * The sandbox: `npx outbound sandbox` starts simulators of all systems and sets the variables that are read here. The
 * provider finds the simulators by the vendors' own variables (OVH_ENDPOINT, VROPS_URL, ...).
 */
export default defineEnvironment((variables) => ({
  // Nothing here needs a registry.
  provider: { embedNullProvider: true },
  acknowledged: { "flow-to-public-address": "The sandbox's SMTP server is on this machine" },
  platforms: {
    alerts: {
      service: variables["OUTBOUND_SANDBOX_SERVICE"] ?? "pcc-192-0-2-10",
      server: SmtpServer.sandbox(variables) ?? noSandbox(),
      plugin: "Prod SMTP",
      receivers: [Receiver.email("oncall@example.com", "On call")],
      alerts: { criticalities: ["CRITICAL", "IMMEDIATE"] },
    },
  },
}));

function noSandbox(): never {
  throw new ProblemError({
    code: "stacks/no-sandbox",
    severity: "error",
    summary: "The environment sandbox is deployed into a sandbox, and there is none",
    got: "no variable OUTBOUND_SANDBOX_SMTP_HOST",
    expected: "the variables that `npx outbound sandbox` prints",
    fix: "Run `npx outbound sandbox -- npx cdktf deploy`, or name another environment in OUTBOUND_ENVIRONMENT.",
  });
}
