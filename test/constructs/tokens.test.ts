import { TerraformVariable, Token, type TerraformStack } from "cdktf";
import {
  AlertMail,
  Ksaar,
  Mailbox,
  OvhVrops,
  Port,
  Receiver,
  Secret,
  SmtpServer,
  Vrops,
  type SmtpServerProps,
} from "../../lib";
import { errorOf, only, synth } from "./helper";

jest.mock("../../lib/package/install/package-files", () => ({ executable: () => __filename }));

// What only Terraform knows, in every value and in every text that is made of one.

const receivers = [Receiver.email("oncall@example.com")];
const number = (stack: TerraformStack, name: string) =>
  new TerraformVariable(stack, name, { type: "number" }).numberValue;
const text = (stack: TerraformStack, name: string) =>
  new TerraformVariable(stack, name, { type: "string" }).stringValue;
const relay = (props: Partial<SmtpServerProps>) =>
  SmtpServer.startTls("smtp.example.com", { ip: "203.0.113.25", sender: { address: "a@example.com" }, ...props });

/** What stands for a number in a text: it must never be written. */
const LOST = /\d(\.\d+)?e\+\d/;

it("a port: in flow, plugin, test and in what they say", () => {
  const result = synth((stack) => {
    const port = number(stack, "port");
    const alerts = new AlertMail(stack, "alerts", { server: relay({ port }), receivers });
    alerts.through(OvhVrops.service("pcc-192-0-2-10"));
    alerts.into(Vrops.standardEmail({ name: "Prod" }));
    alerts.into(Ksaar.smtpConnection({ name: "Alertes" }));
    alerts.testAfterDeploy({
      arrival: Mailbox.imap("imap.example.com", {
        user: "a",
        password: Secret.environment("IMAP_PASSWORD", { version: number(stack, "version") }),
        port: Port.tcp(number(stack, "imap")),
        waitSeconds: number(stack, "wait"),
      }),
      timeoutSeconds: number(stack, "seconds"),
      dnsServers: new TerraformVariable(stack, "dns", { type: "list(string)" }).listValue,
    });
  });
  expect(result.text).not.toMatch(LOST);
  expect(only(result, "outbound_ovh_vrops_flow")["port"]).toBe("${var.port}");
  expect(only(result, "outbound_test_email")["declared_flows"]).toEqual(["203.0.113.25:${var.port}"]);
  const triggers = only(result, "null_resource")["triggers"] as Record<string, string>;
  expect(triggers["server"]).toContain("smtp.example.com:${var.port} with STARTTLS");
  expect(triggers["mailbox"]).toContain("imap.example.com:${var.imap}");
  expect(triggers["mailbox password"]).toBe("IMAP_PASSWORD, version ${var.version}");
  expect(triggers["name servers"]).toBe('${join(", ", var.dns)}');
  expect(Object.keys(triggers)).toContain("flow pcc-192-0-2-10 203.0.113.25:${var.port}");
});

it("texts: address, receiver, sender, names", () => {
  const result = synth((stack) => {
    const server = relay({ ip: text(stack, "ip"), sender: { address: text(stack, "sender") } });
    const alerts = new AlertMail(stack, "alerts", { server, receivers: [Receiver.email(text(stack, "oncall"))] });
    alerts.through(OvhVrops.service(text(stack, "service")), { id: "prod" });
    alerts.into(Vrops.standardEmail({ name: text(stack, "name") }));
    alerts.testAfterDeploy();
  });
  expect(only(result, "outbound_vrops_notification_rule")).toMatchObject({
    name: "Alerts via ${var.name}",
    receivers: ["${var.oncall}"],
  });
  expect(only(result, "null_resource")["triggers"]).toMatchObject({ receivers: "${var.oncall}" });
});

it("a number that a template literal has put into a text is refused where the text is given", () => {
  const lost = () => `relay-${Token.asNumber({ resolve: () => 1 })}.example.com`;
  expect(errorOf(() => SmtpServer.startTls(lost(), { sender: { address: "a@example.com" } }))).toContain(
    "constructs/number-lost-in-text",
  );
  expect(errorOf(() => Receiver.email("a@example.com", lost()))).toContain("constructs/number-lost-in-text");
  const plugin = (stack: TerraformStack) => {
    const alerts = new AlertMail(stack, "alerts", { server: relay({}), receivers });
    alerts.into(Vrops.standardEmail({ name: "Prod", description: lost() }));
  };
  expect(errorOf(() => synth(plugin))).toContain("constructs/number-lost-in-text");
});

it("a port that decides about encryption has to be known", () => {
  const act = () =>
    synth((stack) =>
      SmtpServer.gmail({
        address: "a@example.com",
        appPassword: Secret.environment("GMAIL"),
        port: number(stack, "port") as 465,
      }),
    );
  expect(errorOf(act)).toContain("constructs/must-be-known");
});
