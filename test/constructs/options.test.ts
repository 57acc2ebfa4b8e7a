import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { TerraformStack } from "cdktf";
import {
  AlertMail,
  AlertOps,
  AlertRoute,
  Ksaar,
  Mailbox,
  OutboundFlow,
  OvhVrops,
  PostDeployTest,
  Receiver,
  Secret,
  SmtpPlugin,
  SmtpServer,
  UiPath,
  Uptrends,
  Vrops,
} from "../../lib";
import { errorOf, synth } from "./helper";

jest.mock("../../lib/package/install/package-files", () => ({ executable: () => __filename }));

// As JavaScript, or under a runner that strips types: `never` stands for what the compiler would have said.

const sender = { address: "alerts@example.com" };
const password = Secret.environment("SMTP_PASSWORD");
const server = SmtpServer.startTls("smtp.example.com", { ip: "203.0.113.25", sender });
const receivers = [Receiver.email("oncall@example.com")];
const vrops = Vrops.standardEmail({ name: "Prod" });
const inbound = AlertOps.inboundIntegration({ name: "in" });
const mail = (stack: TerraformStack) => new AlertMail(stack, "alerts", { server, receivers });
const inStack = (act: (stack: TerraformStack) => unknown) => errorOf(() => synth((stack) => void act(stack)));

describe("a misspelt property is named, with the one that was meant", () => {
  it.each<[string, (stack: TerraformStack) => unknown]>([
    ["`prot`|`port`", () => SmtpServer.startTls("h", { sender, prot: 25 } as never)],
    ["`prot`|`port`", () => SmtpServer.tls("h", { sender, prot: 25 } as never)],
    ["`prot`|`port`", () => SmtpServer.plain("h", { sender, prot: 25 } as never)],
    ["`adress`|`address`", () => SmtpServer.plain("h", { sender: { ...sender, adress: "x" } } as never)],
    ["`usr`|`user`", () => SmtpServer.plain("h", { sender, login: { user: "a", password, usr: "b" } } as never)],
    ["`nam`|`name`", () => SmtpServer.gmail({ address: "a@example.com", appPassword: password, nam: "b" } as never)],
    [
      "`pasword`|`password`",
      () => SmtpServer.microsoft365({ address: "a@example.com", password, pasword: 1 } as never),
    ],
    ["`foldr`|`folder`", () => Mailbox.imap("h", { user: "a", password, foldr: "x" } as never)],
    ["`versoin`|`version`", () => Secret.environment("A", { versoin: 2 } as never)],
    ["`servr`|`server`", (stack) => new AlertMail(stack, "a", { server, receivers, servr: 1 } as never)],
    [
      "`descripton`|`description`",
      (stack) => mail(stack).through(OvhVrops.service("pcc-1"), { descripton: "x" } as never),
    ],
    ["`alert`|`alerts`", (stack) => mail(stack).into(vrops, { alert: { criticalities: ["CRITICAL"] } } as never)],
    ["`alert`|`alerts`", (stack) => mail(stack).into(vrops, { routes: { a: { receivers, alert: {} } } } as never)],
    ["`critcalities`|`criticalities`", (stack) => mail(stack).into(vrops, { alerts: { critcalities: [] } } as never)],
    ["`onFailuer`|`onFailure`", (stack) => mail(stack).testAfterDeploy({ onFailuer: "warn" } as never)],
    ["`sourceIp`|`sourceIps`", (stack) => mail(stack).testAfterDeploy({ alignment: { sourceIp: [] } } as never)],
    ["`timeout`|`timeouts`", () => OvhVrops.service("pcc-1", { timeout: {} } as never)],
    ["`enabeld`|`enabled`", () => Vrops.standardEmail({ name: "p", enabeld: false } as never)],
    ["`alertEnabled`|`alertsEnabled`", () => UiPath.tenantMail({ alertEnabled: false } as never)],
    ["`scop`|`scope`", () => UiPath.systemMail({ scop: "host" } as never)],
    [
      "`recipientGroup`|`recipientGroups`",
      () => AlertOps.inboundIntegration({ name: "a", recipientGroup: [] } as never),
    ],
    ["`levle`|`level`", () => Uptrends.through(inbound, { integration: "a", alertDefinition: "b", levle: 2 } as never)],
    ["`replyto`|`replyTo`", () => Ksaar.smtpConnection({ name: "a", replyto: "x@example.com" } as never)],
    [
      "`plugn`|`plugin`",
      (stack) => new AlertRoute(stack, "r", { plugin: plugin(stack), receivers, plugn: 1 } as never),
    ],
    ["`sever`|`server`", (stack) => new SmtpPlugin(stack, "p", { into: vrops, server, sever: 1 } as never)],
    ["`throug`|`through`", (stack) => new OutboundFlow(stack, "f", { through: OvhVrops.service("pcc-1"), to: server, throug: 1 } as never)], // prettier-ignore
    ["`retun`|`rerun`", (stack) => new PostDeployTest(stack, "t", { server, receivers, retun: "x" } as never)],
  ])("%s", (names, act) => {
    const [wrong, meant] = names.split("|");
    const message = inStack(act);
    expect(message).toContain(`${wrong} is no property of what`);
    expect(message).toContain(`Did you mean ${meant}?`);
  });

  const plugin = (stack: TerraformStack) => new SmtpPlugin(stack, "plugin", { into: vrops, server });
});

describe("what is missing or of another kind is said, and where", () => {
  it.each<[string, (stack: TerraformStack) => unknown]>([
    ["`server` is missing (test/a.server)", (stack) => new AlertMail(stack, "a", { receivers } as never)],
    [
      "This is not a SmtpServer (test/a.server)",
      (stack) => new AlertMail(stack, "a", { server: "h", receivers } as never),
    ],
    ["AlertMail takes an object (test/a)", (stack) => new AlertMail(stack, "a", undefined as never)],
    ["`sender` is missing (sender)", () => SmtpServer.startTls("h", {} as never)],
    ["SmtpServer.startTls takes an object", () => SmtpServer.startTls("h", undefined as never)],
    ["`name` is missing (name)", () => Vrops.standardEmail({} as never)],
    ["Vrops.standardEmail takes an object", () => Vrops.standardEmail("Prod" as never)],
    ["This is not a port (port)", () => SmtpServer.startTls("h", { sender, port: "587" } as never)],
    ["This is not a Receiver (receiver)", () => Mailbox.imap("h", { user: "a", password, receiver: "x@y.z" } as never)],
    ["This is not a OutboundProvider (provider)", () => OvhVrops.service("pcc-1", { provider: "lyon" } as never)],
    ["`receivers` is missing (test/alerts.routes.a.receivers)", (stack) => mail(stack).into(vrops, { routes: { a: {} } } as never)], // prettier-ignore
    ["`plugin` is missing (test/r.plugin)", (stack) => new AlertRoute(stack, "r", { receivers } as never)],
  ])("%s", (expected, act) => {
    expect(inStack(act)).toContain(expected);
  });
});

describe("what is no target is told what to pass", () => {
  it.each<[string, (alerts: AlertMail) => unknown]>([
    ['Did you mean OvhVrops.service("pcc-192-0-2-10")?', (alerts) => alerts.through("pcc-192-0-2-10" as never)],
    ["Vrops.standardEmail({ name:", (alerts) => alerts.into({} as never)],
    ["Vrops.standardEmail({ name:", (alerts) => alerts.into(undefined as never)],
    ["pass it to through(...)", (alerts) => alerts.into(OvhVrops.service("pcc-1") as never)],
    ["pass it to into(...)", (alerts) => alerts.through(vrops as never)],
    ["into(Uptrends.through(it", (alerts) => alerts.into(inbound as never)],
    ["AlertOps.inboundIntegration", () => Uptrends.through(undefined as never, {} as never)],
  ])("%s", (expected, act) => {
    const message = inStack((stack) => act(mail(stack)));
    expect(message).toContain("constructs/not-a-target");
    expect(message).toContain(expected);
  });
});

describe("what can be known at once is not found out by a deployment", () => {
  it("the name of a service", () => {
    expect(errorOf(() => OvhVrops.service("pcc_192_0_2_10"))).toContain('Did you mean "pcc-192-0-2-10"?');
    expect(errorOf(() => OvhVrops.service("pcc_192"))).toContain("is not the name of a Hosted Private Cloud");
    expect(errorOf(() => OvhVrops.service(undefined as never))).toContain("`serviceName` is missing");
  });

  it("a certificate that is not there, or not one", () => {
    const directory = mkdtempSync(join(tmpdir(), "outbound-ca-"));
    const file = join(directory, "ca.pem");
    const declared = (caCertificate: string) => () => SmtpServer.startTls("h", { sender, caCertificate });
    try {
      expect(errorOf(declared("/nope.pem"))).toContain("constructs/missing-file");
      expect(errorOf(declared(directory))).toContain("constructs/missing-file");
      expect(errorOf(() => Mailbox.imap("h", { user: "a", password, caCertificate: "/nope.pem" }))).toContain(
        "/nope.pem",
      );
      writeFileSync(file, "binary");
      expect(errorOf(declared(file))).toContain("constructs/not-pem");
      writeFileSync(file, "-----BEGIN CERTIFICATE-----");
      expect(declared(file)().caCertificate).toBe(file);
      expect(errorOf(declared("package.json"))).toContain("constructs/relative-path");
      expect(declared("${var.ca}")().caCertificate).toBe("${var.ca}");
    } finally {
      rmSync(directory, { recursive: true });
    }
  });
});
