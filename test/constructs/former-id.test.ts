import { readFileSync } from "node:fs";
import { join } from "node:path";
import { App, TerraformStack, Testing, type TerraformResource } from "cdktf";
import { AlertMail, OvhVrops, Receiver, SmtpServer, Vrops, VropsEmailPlugin } from "../../lib";
import { program, VERSION_0_1_0 } from "../acceptance/support/upgrade/program";
import { errorOf, synth, temporaryDirectory, type Configuration } from "./helper";

// The program names a file of its own days.
jest.mock("../../lib/constructs/certificate-file", () => ({ checkCertificate: (value: string) => value }));
jest.mock("../../lib/package/install/package-files", () => ({ executable: () => __filename }));

const before = JSON.parse(
  readFileSync(join(__dirname, "../acceptance/support/upgrade/version-0.1.0.tf.json"), "utf8"),
) as Configuration;

const relay = SmtpServer.startTls("smtp.example.com", { ip: "203.0.113.25", sender: { address: "a@example.com" } });
const receivers = [Receiver.email("oncall@example.com")];
const mail = (stack: TerraformStack) => new AlertMail(stack, "alerts", { server: relay, receivers });
const prod = Vrops.standardEmail({ name: "Prod SMTP" });

const addresses = ({ resource }: Configuration) =>
  Object.entries(resource).flatMap(([type, named]) => Object.keys(named).map((name) => `${type}.${name}`));
const movesOf = (json: Configuration) => (json["moved"] ?? []) as { readonly from: string; readonly to: string }[];
const without = (json: unknown): unknown =>
  JSON.parse(JSON.stringify(json, (key, value: unknown) => (key === "//" || key === "depends_on" ? undefined : value)));

describe("a program of version 0.1.0", () => {
  const now = synth((stack) => program(stack, VERSION_0_1_0)).json;
  const moves = new Map(movesOf(now).map(({ from, to }) => [from, to]));
  const nowAt = (address: string) => moves.get(address) ?? address;

  it("keeps all it has deployed: what has another address is moved there", () => {
    expect(new Set(addresses(before).map(nowAt))).toEqual(new Set(addresses(now)));
    expect([...moves.keys()].filter((from) => !addresses(before).includes(from))).toEqual([]);
    expect([...moves.keys()].filter((from) => addresses(now).includes(from))).toEqual([]);
  });

  it("says the same of each object, but for what flows and routes are called by default", () => {
    // What only refers to something has no address to keep.
    const anywhere = (text: string) => text.replace(/\b(data|ephemeral)\.(\w+)\.[\w-]+/g, "$1.$2");
    const referring = (text: string) =>
      [...moves].reduce((all, [from, to]) => all.replaceAll(`${from}.`, `${to}.`), text);
    for (const [type, named] of Object.entries(before.resource)) {
      for (const [name, expected] of Object.entries(named)) {
        const [, present] = nowAt(`${type}.${name}`).split(".");
        const changed = type === "outbound_ovh_vrops_flow" ? ["description"] : type.endsWith("_rule") ? ["name"] : [];
        const rest = (values: object) => Object.entries(values).filter(([key]) => !changed.includes(key));
        const was = JSON.parse(anywhere(referring(JSON.stringify(without(expected))))) as object;
        const is = JSON.parse(anywhere(JSON.stringify(without(now.resource[type]![present!])))) as object;
        expect([name, rest(is)]).toEqual([name, rest(was)]);
      }
    }
  });

  it("has the same addresses whatever plugins, connections and integrations are called", () => {
    const renamed = { pluginName: "Other SMTP", connectionName: "Autres", integrationName: "Uptrends other" };
    const other = synth((stack) => program(stack, { ...VERSION_0_1_0, ...renamed })).json;
    expect(addresses(other)).toEqual(addresses(now));
  });
});

describe("the address of a plugin", () => {
  const moved = (build: (alerts: AlertMail, stack: TerraformStack) => void) =>
    movesOf(synth((stack) => build(mail(stack), stack)).json);

  it("is that of its id, when it was given one: there is nothing to move", () => {
    expect(moved((alerts) => alerts.into(prod, { id: "prod" }))).toEqual([]);
    expect(moved((alerts) => alerts.through(OvhVrops.service("pcc-192-0-2-10")))).toEqual([]);
  });

  it("is not taken from one that is still declared", () => {
    const both = moved((alerts) => {
      alerts.into(Vrops.standardEmail({ name: "second" }));
      alerts.into(prod, { id: "second" });
    });
    expect(both).toEqual([]);
  });

  it("is left to the user who moves it", () => {
    const from = "outbound_vrops_email_plugin.elsewhere";
    const theirs = moved((alerts) => {
      alerts.into(prod).resource.moveFromId(from);
    });
    expect(theirs.filter(({ to }) => to.startsWith("outbound_vrops_email_plugin."))).toMatchObject([{ from }]);

    const overridden = moved((alerts, stack) => {
      const { resource } = alerts.into(prod);
      stack.addOverride("moved", [{ from, to: `outbound_vrops_email_plugin.${resource.friendlyUniqueId}` }]);
    });
    expect(overridden.filter(({ to }) => to.startsWith("outbound_vrops_email_plugin."))).toMatchObject([{ from }]);
  });

  it("is what the stack makes of construct ids, also of those of version 0.1.0", () => {
    class Named extends TerraformStack {
      protected override allocateLogicalId(element: TerraformResource): string {
        const { scopes } =
          "scopes" in element ? (element as unknown as { scopes: typeof element.node.scopes }) : element.node;
        return scopes.slice(1).map(({ node }) => node.id.replaceAll(" ", "_")).join("__"); // prettier-ignore
      }
    }
    const stack = new Named(new App({ outdir: temporaryDirectory() }), "named");
    mail(stack).into(prod);
    expect(movesOf(JSON.parse(Testing.synth(stack)) as Configuration)).toContainEqual({
      from: "outbound_vrops_email_plugin.named__alerts__plugin-Prod_SMTP__Default",
      to: "outbound_vrops_email_plugin.named__alerts__plugin-vrops__Default",
    });
  });

  it("needs an id for the second of its kind, and what is advised is the address of version 0.1.0", () => {
    const second = Vrops.standardEmail({ name: "Second SMTP" });
    const act = () => synth((stack) => [prod, second].map((target) => mailOf(stack).into(target)));
    const message = errorOf(act);
    expect(message).toContain("constructs/second-of-its-kind");
    expect(message).toContain('{ id: "Second SMTP" }');
    const { stack } = synth((made) => mail(made).into(second, { id: "Second SMTP" }));
    const plugin = stack.node.findAll().find((node) => node instanceof VropsEmailPlugin)!;
    expect(plugin.node.path).toBe("test/alerts/plugin-Second SMTP/Default");
  });

  it("is moved in HCL as well", () => {
    const stack = new TerraformStack(new App({ outdir: temporaryDirectory() }), "test");
    mail(stack).into(prod);
    expect(Testing.synthHcl(stack)).toMatch(
      /moved \{\s+to\s+= outbound_vrops_email_plugin\.alerts_plugin-vrops_\w+\s+from\s+= outbound_vrops_email_plugin\.alerts_plugin-ProdSMTP_\w+\s+\}/,
    );
  });
});

/** The one AlertMail of the stack. */
const mailOf = (stack: TerraformStack) => (stack.node.tryFindChild("alerts") as AlertMail | undefined) ?? mail(stack);
