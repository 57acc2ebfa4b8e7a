import { createRequire } from "node:module";
import { readFileSync, readdirSync } from "node:fs";
import { join } from "node:path";
import * as cdktf from "cdktf";
import * as cdktn from "cdktn";
import * as built from "../../dist/cdktn";
import * as builtForCdktf from "../../dist/lib";
import * as outbound from "../../lib";
import { LIBRARIES } from "../../lib/package/libraries";
import { requireLibrary } from "../../lib/package/require-library";
import { errorOf, temporaryDirectory } from "./helper";

// What the build makes for CDK Terrain, beside the sources that it is made from.

interface Side {
  readonly library: typeof cdktf;
  readonly outbound: typeof outbound;
}
// Classes with private members are never the same type; that the two have the same API is what the build has checked.
const forCdktf: Side = { library: cdktf, outbound };
const forCdktn = { library: cdktn, outbound: built } as unknown as Side;

/** Everything in which the two libraries could differ: tokens, variables, moves, aspects, overrides, a policy. */
function declare({ library, outbound: ours }: Side, stack: cdktf.TerraformStack): void {
  const password = new library.TerraformVariable(stack, "smtp_password", { type: "string" });
  const host = new library.TerraformVariable(stack, "host", { type: "string" });
  const server = ours.SmtpServer.startTls(host.stringValue, {
    ip: "203.0.113.25",
    port: 587,
    login: { user: "alerts", password: ours.Secret.variable(password, { version: 2 }) },
    sender: { address: "alerts@example.com", name: "Alerting" },
  });
  const second = ours.SmtpServer.startTls("smtp.example.com", {
    login: { user: "alerts", password: ours.Secret.environment("SMTP_PASSWORD") },
    sender: { address: "alerts@example.com" },
  });
  const receivers = [ours.Receiver.email("oncall@example.com")];
  const alerts = new ours.AlertMail(stack, "alerts", { server, receivers });
  const flow = alerts.through(ours.OvhVrops.service("pcc-192-0-2-10"));
  alerts.into(ours.Vrops.standardEmail({ name: "Prod SMTP" }), { alerts: { criticalities: ["CRITICAL"] } });
  alerts.testAfterDeploy({ rerun: "once" });
  const other = new ours.PostDeployTest(stack, "other", { server: second, receivers });
  flow.resource.moveFromId("outbound_ovh_vrops_flow.before");
  ours.Policy.attach(stack, { allowedDomains: ["example.com"] });
  library.Aspects.of(stack).add({
    visit: (node) => {
      if (node instanceof ours.SmtpPlugin) node.resource.addOverride("description", "by an aspect");
    },
  });
  new library.LocalBackend(stack, { path: "/tmp/elsewhere.tfstate" });
  new library.TerraformOutput(stack, "verdict", { value: other.verdict });
}

function synth(side: Side): { readonly json: Record<string, unknown>; readonly files: readonly string[] } {
  const app = new side.library.App({ outdir: temporaryDirectory() });
  const stack = new side.library.TerraformStack(app, "test");
  declare(side, stack);
  app.synth();
  const directory = join(app.outdir, "stacks", "test");
  const { "//": _, ...json } = JSON.parse(readFileSync(join(directory, "cdk.tf.json"), "utf8"));
  return { json, files: readdirSync(directory, { recursive: true, encoding: "utf8" }).sort() };
}

describe("the same program for CDKTF and for CDK Terrain", () => {
  it("gives the same configuration, but for null_resource and terraform_data", () => {
    const { json } = synth(forCdktf);
    const { null: nullProvider, ...provider } = json["provider"] as Record<string, unknown>;
    const { required_providers: required } = json["terraform"] as { required_providers: Record<string, unknown> };
    const { null_resource: notes, ...resource } = json["resource"] as Record<string, Record<string, Note>>;
    expect(nullProvider).toBeDefined();
    expect(Object.keys(notes!)).toHaveLength(2);

    const { null: _, ...others } = required;
    const expected = {
      ...json,
      provider,
      terraform: { ...(json["terraform"] as object), required_providers: others },
      resource: {
        ...resource,
        terraform_data: Object.fromEntries(
          Object.entries(notes!).map(([name, { triggers, ...rest }]) => [
            name,
            { ...rest, triggers_replace: triggers },
          ]),
        ),
      },
    };
    const text = JSON.stringify(expected).replaceAll("null_resource.", "terraform_data.");
    const actual = synth(forCdktn).json;
    expect(actual).toEqual(JSON.parse(text));
    expect(JSON.stringify(actual)).toContain("by an aspect");
    expect(JSON.stringify(actual)).toContain('"replace_triggered_by":["terraform_data.');
  });

  it("puts the same files beside it", () => {
    const { files } = synth(forCdktn);
    expect(files).toEqual(synth(forCdktf).files);
    expect(files).toContain(".terraform.lock.hcl");
  });

  it("is refused with the same class of error, whichever of the two entries a program imports", () => {
    expect(() => built.Receiver.email("nobody")).toThrow(builtForCdktf.ProblemError);
  });
});

interface Note {
  readonly triggers: object;
}

describe.each([
  { where: "a stack of CDK Terrain", place: forCdktn, wrong: forCdktf, right: '"cdktf-provider-outbound/cdktn"' },
  { where: "a stack of CDKTF", place: forCdktf, wrong: forCdktn, right: '"cdktf-provider-outbound"' },
])("in $where", ({ place, wrong, right }) => {
  const app = () => new place.library.App({ outdir: temporaryDirectory() });
  const stack = () => new place.library.TerraformStack(app(), "test");
  const server = wrong.outbound.SmtpServer.plain("smtp.example.com", { sender: { address: "alerts@example.com" } });
  const receivers = [wrong.outbound.Receiver.email("oncall@example.com")];

  it.each<[string, (stack: cdktf.TerraformStack) => unknown]>([
    ["AlertMail", (scope) => new wrong.outbound.AlertMail(scope, "x", { server, receivers })],
    ["PostDeployTest", (scope) => new wrong.outbound.PostDeployTest(scope, "x", { server, receivers })],
    ["OutboundProvider", (scope) => new wrong.outbound.OutboundProvider(scope, "x")],
    [
      "a resource",
      (scope) => new wrong.outbound.OvhVropsFlow(scope, "x", { serviceName: "pcc-1", ip: "203.0.113.25", port: 25 }),
    ],
    ["a data source", (scope) => new wrong.outbound.DataOvhVrops(scope, "x", { serviceName: "pcc-1" })],
    ["Secret.environment", (scope) => wrong.outbound.Secret.environment("PASSWORD").in(scope)],
    [
      "Secret.variable",
      (scope) =>
        wrong.outbound.Secret.variable(new place.library.TerraformVariable(scope, "password", { type: "string" })),
    ],
    ["Policy.attach", (scope) => wrong.outbound.Policy.attach(scope)],
    ["useEmbeddedNull", (scope) => wrong.outbound.useEmbeddedNull(scope)],
  ])("%s of the other import is a problem that says what to import", (_, act) => {
    const message = errorOf(() => act(stack()));
    expect(message).toContain("constructs/two-libraries");
    expect(message).toContain(right);
  });

  it("a stack of the other library below the App is one", () => {
    const other = new wrong.library.TerraformStack(app(), "other");
    expect(errorOf(() => new wrong.outbound.OutboundProvider(other, "x"))).toContain("constructs/two-libraries");
  });

  it("a construct of the other library beside ours is one at synth, whichever comes first", () => {
    for (const first of ["theirs", "ours"]) {
      const scope = stack();
      const theirs = () => new wrong.library.DataResource(scope, "theirs", { input: { a: "b" } });
      if (first === "theirs") theirs();
      new place.outbound.OutboundProvider(scope, "outbound");
      if (first === "ours") theirs();
      const message = errorOf(() => (scope.node.root as cdktf.App).synth());
      expect(message).toContain("constructs/two-libraries");
      expect(message).toContain('DataResource "test/theirs"');
    }
  });

  it("values of the other import are told apart from what is no such value", () => {
    const alerts = () => new place.outbound.AlertMail(stack(), "x", { server, receivers });
    expect(errorOf(alerts)).toContain("constructs/other-copy");
  });
});

describe("a library that is not installed", () => {
  const nowhere = createRequire("/nowhere/program.js");

  it.each([LIBRARIES.cdktf, LIBRARIES.cdktn])("is named with the command that installs it: $name", (library) => {
    const act = () => requireLibrary(library, () => void nowhere(library.name));
    const other = library.name === "cdktf" ? LIBRARIES.cdktn : LIBRARIES.cdktf;
    expect(errorOf(act)).toContain(`The package ${library.name} is not installed`);
    expect(errorOf(act)).toContain(`\`${library.install}\``);
    expect(errorOf(act)).toContain(`imports "${other.entry}" instead`);
  });

  it("is not blamed for what else is missing", () => {
    expect(errorOf(() => requireLibrary(LIBRARIES.cdktn, () => void nowhere("left-pad")))).toMatch(
      /^Cannot find module/,
    );
  });
});
