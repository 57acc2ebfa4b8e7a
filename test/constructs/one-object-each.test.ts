import { TerraformVariable, type TerraformStack } from "cdktf";
import {
  AlertMail,
  OutboundProvider,
  OvhVropsFlow,
  Receiver,
  SmtpServer,
  UiPath,
  UiPathWebhook,
  Vrops,
  VropsEmailPlugin,
} from "../../lib";
import { errorOf, synth } from "./helper";

jest.mock("../../lib/package/install/package-files", () => ({ executable: () => __filename }));

const server = SmtpServer.startTls("smtp.example.com", { ip: "203.0.113.25", sender: { address: "a@example.com" } });
const mail = (stack: TerraformStack, id: string) =>
  new AlertMail(stack, id, { server, receivers: [Receiver.email("oncall@example.com")] });
const flow = { serviceName: "pcc-192-0-2-10", ip: "203.0.113.25", port: 25 };
const plugin = { name: "Prod", smtpHost: "h", smtpPort: 25, senderAddress: "a@example.com" };

it.each<[string, string, (stack: TerraformStack, id: string) => unknown]>([
  ["plugins of one name", 'name "Prod"', (stack, id) => mail(stack, id).into(Vrops.standardEmail({ name: "Prod" }))],
  ["flows to one port", "port 25", (stack, id) => new OvhVropsFlow(stack, id, flow)],
  [
    "webhooks of one name",
    'name "w"',
    (stack, id) => new UiPathWebhook(stack, id, { name: "w", url: "https://a.example" }),
  ],
  [
    "settings that there is one set of",
    "two of what there is one of",
    (stack, id) => mail(stack, id).into(UiPath.tenantMail()),
  ],
  ["settings of one scope", 'scope "organization"', (stack, id) => mail(stack, id).into(UiPath.systemMail({}))],
])("%s are refused at synth, with both paths", (_title, identity, declare) => {
  const message = errorOf(() => synth((stack) => ["one", "two"].map((id) => declare(stack, id))));
  expect(message).toContain("constructs/one-object-twice");
  expect(message).toMatch(/"test\/one[^"]*" and "test\/two[^"]*" are the same outbound_/);
  expect(message).toContain(identity);
});

it("two references to one value are one object, references to two values may be two", () => {
  const act = (...names: string[]) =>
    synth((stack) => {
      const variables = new Map([...new Set(names)].map((name) => [name, new TerraformVariable(stack, name, {})]));
      names.forEach((name, index) => {
        new VropsEmailPlugin(stack, `plugin${index}`, { ...plugin, name: variables.get(name)!.stringValue });
      });
    });
  expect(errorOf(() => act("a", "a"))).toContain("constructs/one-object-twice");
  expect(() => act("a", "b")).not.toThrow();
});

it("what belongs to another system, or is several objects, is not the same", () => {
  const act = () =>
    synth((stack) => {
      const provider = new OutboundProvider(stack, "lyon", { alias: "lyon" });
      new OutboundProvider(stack, "outbound");
      new VropsEmailPlugin(stack, "one", plugin);
      new VropsEmailPlugin(stack, "two", { ...plugin, provider });
      new VropsEmailPlugin(stack, "three", { ...plugin, name: "Prod ${count.index}", count: 2 });
      new VropsEmailPlugin(stack, "four", { ...plugin, name: "Prod ${count.index}", count: 2 });
      new OvhVropsFlow(stack, "five", flow);
      new OvhVropsFlow(stack, "six", { ...flow, port: 587 });
    });
  expect(act).not.toThrow();
});
