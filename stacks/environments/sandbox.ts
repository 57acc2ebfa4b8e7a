import { Receiver, Secret, SmtpServer } from "../../lib";
import { defineEnvironment } from "../environment";
import { required } from "../required";

/**
 * The sandbox: `npx outbound sandbox` starts simulators of all systems and prints the variables that are read here.
 * The provider finds the simulators by the vendors' own variables (OVH_ENDPOINT, VROPS_URL, ...).
 */
export default defineEnvironment((variables) => {
  const sandbox = (name: string) =>
    required(variables, `OUTBOUND_SANDBOX_${name}`, "Start `npx outbound sandbox` and set the variables it prints.");

  // In the sandbox the server's name is its address.
  const host = sandbox("SMTP_HOST");
  const relay = SmtpServer.startTls(host, {
    ip: host,
    port: Number(sandbox("SMTP_PORT")),
    login: { user: variables["OUTBOUND_SANDBOX_SMTP_USER"] ?? "alerts", password: Secret.environment("SMTP_PASSWORD") },
    sender: { address: "alerts@example.com", name: "Alerting" },
    caCertificate: variables["OUTBOUND_SANDBOX_SMTP_CA"],
    certificateThumbprint: variables["OUTBOUND_SANDBOX_SMTP_THUMBPRINT"],
  });

  return {
    // Nothing here needs a registry.
    provider: { embedNullProvider: true },
    acknowledged: { "flow-to-public-address": "The sandbox's SMTP server is on this machine" },
    platforms: {
      alerts: {
        service: variables["OUTBOUND_SANDBOX_SERVICE"] ?? "pcc-192-0-2-10",
        server: relay,
        plugin: "Prod SMTP",
        receivers: [Receiver.email("oncall@example.com", "On call")],
        alerts: { criticalities: ["CRITICAL", "IMMEDIATE"] },
      },
    },
  };
});
