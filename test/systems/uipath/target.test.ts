import { AlertMail, AlertRoute, Receiver, Secret, SmtpPlugin, SmtpServer, UiPath } from "../../../lib";
import { only, synth } from "../../constructs/helper";

jest.mock("../../../lib/package/install/package-files", () => ({ executable: () => __filename }));

const relay = SmtpServer.startTls("smtp.example.com", {
  login: { user: "alerts", password: Secret.environment("SMTP_PASSWORD", { version: 3 }) },
  sender: { address: "alerts@example.com", name: "Alerting" },
});
const plain = SmtpServer.plain("relay.example.com", { port: 587, sender: { address: "alerts@example.com" } });
const oncall = Receiver.email("oncall@example.com");

const declare = (target = UiPath.tenantMail(), server = relay) =>
  synth((stack) => {
    const alerts = new AlertMail(stack, "alerts", { server, receivers: [oncall] });
    alerts.into(target);
    alerts.testAfterDeploy();
  });

const dataSources = (result: ReturnType<typeof declare>) =>
  Object.values(
    (result.json["data"] as Record<string, Record<string, unknown>> | undefined)?.["outbound_uipath_alert_receivers"] ??
      {},
  );

describe("UiPath as a target", () => {
  it("refuses a route: it decides itself who receives its alerts", () => {
    const act = () =>
      synth((stack) => {
        const plugin = new SmtpPlugin(stack, "plugin", { into: UiPath.tenantMail(), server: relay });
        return new AlertRoute(stack, "route", { plugin, receivers: [oncall] });
      });
    expect(act).toThrow("constructs/no-routes");
  });

  it("warns at synth of 587 without SSL", () => {
    expect(declare(UiPath.tenantMail(), plain).warnings.join("\n")).toContain("uipath/plaintext-on-587");
  });

  it("turns a server into the tenant's settings, and has UiPath test them", () => {
    const result = declare();
    expect(only(result, "outbound_uipath_tenant_mail")).toMatchObject({
      smtp_host: "smtp.example.com",
      smtp_port: 587,
      enable_ssl: true,
      username: "alerts",
      password_wo: "${ephemeral.outbound_environment.SMTP_PASSWORD.value}",
      password_wo_version: 3,
      sender_address: "alerts@example.com",
      sender_name: "Alerting",
    });
    const [name] = Object.keys(result.json.resource["outbound_uipath_tenant_mail"]!);
    const id = `\${outbound_uipath_tenant_mail.${name}.id}`;
    expect(only(result, "outbound_test_email")["via"]).toEqual([{ system: "uipath", id }]);
    expect(only(result, "null_resource")["triggers"]).toMatchObject({
      "plugin uipath-tenant": `${id}: the tenant's own mail settings, alert mails on`,
    });
  });

  it("looks during plan whether the receivers are among UiPath's own, unless told not to", () => {
    const [data] = dataSources(declare());
    expect(data).toMatchObject({ expected: ["oncall@example.com"] });
    // Anything it depended on would put the look off until apply.
    expect(data).not.toHaveProperty("depends_on");
    expect(dataSources(declare(UiPath.tenantMail({ checkReceivers: false })))).toEqual([]);
  });

  it("turns a server into system mail", () => {
    const result = declare(UiPath.systemMail({ scope: "host", connectionTimeoutMs: 60_000 }));
    expect(only(result, "outbound_uipath_system_mail")).toMatchObject({
      scope: "host",
      smtp_host: "smtp.example.com",
      connection_timeout_ms: 60_000,
    });
    expect(dataSources(result)).toEqual([]);
  });

  it("sends no login along with default credentials", () => {
    const mail = only(declare(UiPath.tenantMail({ useDefaultCredentials: true })), "outbound_uipath_tenant_mail");
    expect(mail).toMatchObject({ use_default_credentials: true });
    expect(mail).not.toHaveProperty("username");
    expect(mail).not.toHaveProperty("password_wo");
  });
});
