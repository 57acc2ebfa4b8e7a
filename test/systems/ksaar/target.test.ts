import type { TerraformStack } from "cdktf";
import { AlertMail, Ksaar, OutboundProvider, Receiver, Secret, SmtpServer } from "../../../lib";
import { errorOf, only, synth } from "../../constructs/helper";

jest.mock("../../../lib/package/install/package-files", () => ({ executable: () => __filename }));

const login = { user: "alerts", password: Secret.environment("SMTP_PASSWORD", { version: 2 }) };
const sender = { address: "alerts@example.com" };
const relay = SmtpServer.startTls("smtp.example.com", { login, sender });

const mail = (stack: TerraformStack, id = "alerts", server = relay) =>
  new AlertMail(stack, id, { server, receivers: [Receiver.email("oncall@example.com")] });

it("declares the connection with the server's settings, the password by its version", () => {
  const result = synth((stack) => {
    const alerts = mail(stack);
    alerts.into(Ksaar.smtpConnection({ name: "Alertes", authentication: "LOGIN", defaultConnection: true }));
    alerts.testAfterDeploy();
  });
  expect(only(result, "outbound_ksaar_smtp_connection")).toMatchObject({
    name: "Alertes",
    sender: "alerts@example.com",
    host: "smtp.example.com",
    port: 587,
    secure: false,
    authentication: "LOGIN",
    username: "alerts",
    password_wo: "${ephemeral.outbound_environment.SMTP_PASSWORD.value}",
    password_wo_version: 2,
    default_connection: true,
  });
  expect(only(result, "outbound_test_email")).toMatchObject({ via: [{ system: "ksaar" }] });
  expect(result.text).toContain("Alertes, LOGIN, default connection");
  // Ksaar mails everything the same way, to whom its workflows say.
  expect(Object.keys(result.json.resource)).not.toContain("outbound_vrops_notification_rule");
});

it("speaks TLS from the first byte where the server does", () => {
  const server = SmtpServer.tls("smtp.example.com", { login, sender });
  const result = synth((stack) => mail(stack, "alerts", server).into(Ksaar.smtpConnection({ name: "Alertes" })));
  expect(only(result, "outbound_ksaar_smtp_connection")).toMatchObject({ port: 465, secure: true });
});

it("refuses at synth what Ksaar's screen does not take", () => {
  const server = SmtpServer.startTls("smtp.example.com", { login, sender, port: 588 });
  const act = () => synth((stack) => mail(stack, "alerts", server).into(Ksaar.smtpConnection({ name: "Alertes" })));
  expect(errorOf(act)).toContain("Did you mean 587?");
});

describe("the default connection", () => {
  const two = (stack: TerraformStack, defaults: readonly boolean[], provider?: OutboundProvider) => {
    const alerts = mail(stack);
    alerts.into(Ksaar.smtpConnection({ name: "Alertes", defaultConnection: defaults[0] }));
    alerts.into(Ksaar.smtpConnection({ name: "Marketing", defaultConnection: defaults[1], provider }), {
      id: "marketing",
    });
  };

  it("is one of them", () => {
    expect(synth((stack) => two(stack, [false, true])).warnings.join()).not.toContain("ksaar/no-default");
    expect(errorOf(() => synth((stack) => two(stack, [true, true])))).toContain('"Alertes" and "Marketing"');
  });

  it("that nobody is is worth a warning, once", () => {
    const { warnings } = synth((stack) => two(stack, [false, false]));
    expect(warnings.filter((text) => text.includes("ksaar/no-default"))).toHaveLength(1);
  });

  it("of another Ksaar is another matter", () => {
    const act = () =>
      synth((stack) => {
        new OutboundProvider(stack, "outbound");
        two(stack, [true, true], new OutboundProvider(stack, "other", { alias: "other" }));
      });
    expect(act).not.toThrow();
  });
});

it("has no block in the provider's configuration", () => {
  // @ts-expect-error -- there is nothing to configure
  const act = () => synth((stack) => new OutboundProvider(stack, "outbound", { ksaar: {} }));
  expect(errorOf(act)).toContain("ksaar");
});
