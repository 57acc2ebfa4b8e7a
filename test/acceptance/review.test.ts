import { cpSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { runCommandLine } from "../../lib/cli/program";
import { startSandbox, type Sandbox } from "../../lib/sandbox";
import { PROVIDER_SOURCE, PROVIDER_VERSION } from "../../lib/package/identity";
import { Terraform } from "./support/terraform";

// Review and apply-reviewed with the real terraform: the directory looks as `cdktf synth` leaves it.

let sandbox: Sandbox;
let terraform: Terraform;

/** Where reviews go: a file in the stack's folder is a part of the stack. */
let reviews: string;
const review = (name: string) => join(reviews, name);

beforeEach(async () => {
  reviews = mkdtempSync(join(tmpdir(), "outbound-reviews-"));
  sandbox = await startSandbox();
  terraform = new Terraform({ ...sandbox.environment(), TF_VAR_smtp_password: sandbox.mail.password });
  const manifest = { stacks: { prod: { workingDirectory: ".", synthesizedStackPath: "cdk.tf.json" } } };
  writeFileSync(join(terraform.directory, "manifest.json"), JSON.stringify(manifest));
  mkdirSync(join(terraform.directory, "unrelated"));
});
afterEach(async () => {
  terraform.remove();
  rmSync(reviews, { recursive: true });
  await sandbox.close();
});

function declare(receivers: readonly string[], flow: boolean): void {
  const { host, port } = sandbox.mail.startTls;
  terraform.write(`
provider "outbound" {}
variable "smtp_password" {
  type      = string
  sensitive = true
  ephemeral = true
}
${flow ? `resource "outbound_ovh_vrops_flow" "smtp" {\n  service_name = "pcc-192-0-2-10"\n  ip = "${host}"\n  port = ${port}\n}` : ""}
resource "outbound_vrops_email_plugin" "smtp" {
  name           = "Prod SMTP"
  smtp_host      = "${host}"
  smtp_port      = ${port}
  username       = "alerts"
  password_wo    = var.smtp_password
  sender_address = "alerts@example.com"
  trusted_certificate_thumbprint = "${sandbox.mail.thumbprint}"
  ${flow ? "depends_on = [outbound_ovh_vrops_flow.smtp]" : ""}
}
resource "outbound_vrops_notification_rule" "all" {
  name      = "All alerts"
  plugin_id = outbound_vrops_email_plugin.smtp.id
  receivers = ${JSON.stringify(receivers)}
}
`);
}

async function outbound(...argv: string[]) {
  return outboundIn(terraform.directory, ...argv);
}

async function outboundIn(directory: string, ...argv: string[]) {
  const out: string[] = [];
  const err: string[] = [];
  const inherited = Object.entries(process.env).filter(([name]) => !/^(TF_|OVH_|VROPS_|CDKTF_)/.test(name));
  const code = await runCommandLine([...argv, "--output", "."], {
    out: (line) => void out.push(line),
    err: (line) => void err.push(line),
    environment: {
      ...Object.fromEntries(inherited),
      ...sandbox.environment(),
      TF_VAR_smtp_password: sandbox.mail.password,
    },
    homeDirectory: directory,
    workingDirectory: directory,
    nodeVersion: process.versions.node,
    platform: process.platform,
    interrupted: new AbortController().signal,
  });
  return { code, out: out.join("\n"), err: err.join("\n") };
}

it("a first deployment, a harmful change and a mere rename are reviewed; only what was reviewed is applied", async () => {
  declare(["oncall@example.com", "boss@example.com"], true);

  const first = await outbound("review", "prod", "--json", review("first.json"));
  expect([first.code, first.err]).toEqual([0, expect.stringContaining("prod: 3 to add")]);
  const applied = await outbound("apply-reviewed", "prod", "--review", review("first.json"));
  expect([applied.code, applied.out, applied.err]).toEqual([
    0,
    "Apply complete! Resources: 3 added, 0 changed, 0 destroyed.",
    expect.any(String),
  ]);
  expect(sandbox.network.list()).toHaveLength(1);

  declare(["oncall@example.com"], false);
  const harmful = await outbound("review", "prod");
  expect(harmful.out).toContain("## ⛔ prod: stops alerts: 1 to destroy, 1 to change");
  expect(harmful.out).toContain("🔴 closed | pcc-192-0-2-10");
  expect(harmful.out).toContain("~~boss@example.com~~");
  expect(harmful.out).not.toContain(sandbox.mail.password);

  const refused = await outbound("apply-reviewed", "prod", "--review", review("first.json"));
  expect([refused.code, refused.err]).toEqual([1, expect.stringContaining("review/another-plan")]);
  expect(refused.err).toContain("planned otherwise: outbound_ovh_vrops_flow.smtp");
  expect(sandbox.network.list()).toHaveLength(1);

  declare(["oncall@example.com", "boss@example.com"], true);
  const type = "outbound_vrops_email_plugin";
  const renamed = terraform.mainText().replace(`"${type}" "smtp"`, `"${type}" "relay"`);
  writeFileSync(join(terraform.directory, "main.tf"), renamed.replaceAll(`${type}.smtp`, `${type}.relay`));
  const moved = await outbound("review", "prod");
  expect(moved.out).toContain("is moved, not removed");
  expect(moved.out).toContain(`moved {\n  from = ${type}.smtp\n  to   = ${type}.relay\n}`);
  // In plain HCL there is no construct to call.
  expect(moved.out).not.toContain("moveFromId");
}, 120_000);

describe("after the review, with the same changes planned", () => {
  const FLOW = { service_name: "pcc-192-0-2-10", ip: "203.0.113.25", port: 587 };

  /** A stack as cdktf writes it, which opens one flow. */
  function synth(directory: string, change: (stack: Json) => void = () => undefined): void {
    const stack: Json = {
      terraform: {
        // As CDKTF does it: the path is absolute, so it is another one in every checkout.
        backend: { local: { path: join(directory, "terraform.prod.tfstate") } },
        required_providers: { outbound: { source: PROVIDER_SOURCE, version: PROVIDER_VERSION } },
      },
      provider: { outbound: [{}] },
      resource: { outbound_ovh_vrops_flow: { smtp: FLOW } },
    };
    change(stack);
    writeFileSync(join(directory, "cdk.tf.json"), JSON.stringify(stack));
  }
  type Json = Record<string, Record<string, unknown>>;

  beforeEach(async () => {
    synth(terraform.directory);
    const { code, err } = await outbound("review", "prod", "--json", review("r.json"), "--md", review("r.md"));
    if (code !== 0) throw new Error(err);
  });

  const apply = (file = "r.json") => outbound("apply-reviewed", "prod", "--review", review(file));

  it("a command that is added does not run", async () => {
    const ran = join(reviews, "ran");
    synth(terraform.directory, ({ resource }) => {
      const provisioner = [{ "local-exec": { command: `touch ${ran}` } }];
      resource!["outbound_ovh_vrops_flow"] = { smtp: { ...FLOW, provisioner } };
    });
    for (const file of ["r.json", "r.md"]) {
      const { code, err } = await apply(file);
      expect([code, err]).toEqual([1, expect.stringContaining("outbound_ovh_vrops_flow.smtp: local-exec")]);
      expect(err).toContain(`touch ${ran}`);
    }
    expect([existsSync(ran), sandbox.network.list()]).toEqual([false, []]);
    // The same once it was reviewed, where it stands first.
    await outbound("review", "prod", "--json", review("r.json"), "--md", review("r.md"));
    expect(readFileSync(review("r.md"), "utf8")).toMatch(/What no rule can judge[^]*touch [^]*### Reachability/);
    expect((await apply()).code).toBe(0);
    expect([existsSync(ran), sandbox.network.list()]).toEqual([true, [expect.anything()]]);
  }, 120_000);

  describe("in HCL beside the stack", () => {
    const put = (path: string, text: string) => {
      const file = join(terraform.directory, path);
      mkdirSync(dirname(file), { recursive: true });
      writeFileSync(file, text);
    };
    const hook = (command: string) => `resource "terraform_data" "hook" {
  provisioner "local-exec" {
    command = "${command}"
  }
}
`;
    const call = (source: string) => put("call.tf", `module "m" {\n  source = "${source}"\n}\n`);

    it.each([
      ["in a file by hand", "hand.tf", undefined],
      ["in a module in the folder", "m/main.tf", "./m"],
      ["in a module beside the folder", "../outbound-module/main.tf", "../outbound-module"],
    ])(
      "a command that is added %s does not run, and stands first once it is reviewed",
      async (_, file, source) => {
        const ran = join(reviews, "ran");
        try {
          put(file, hook("true"));
          if (source !== undefined) call(source);
          expect(await outbound("review", "prod", "--json", review("r.json"))).toMatchObject({ code: 0 });
          put(file, hook(`touch ${ran} # ` + "${terraform.workspace}"));
          const { code, err } = await apply();
          expect([code, err]).toEqual([1, expect.stringContaining("not as reviewed: ")]);
          expect(err).toContain("terraform_data.hook: local-exec");
          expect([existsSync(ran), sandbox.network.list()]).toEqual([false, []]);

          await outbound("review", "prod", "--json", review("r.json"), "--md", review("r.md"));
          expect(readFileSync(review("r.md"), "utf8")).toMatch(
            /What no rule can judge[^]*terraform_data\.hook: local-exec[^]*computed from terraform\.workspace[^]*### Reachability/,
          );
          expect(await apply()).toMatchObject({ code: 0 });
          expect(existsSync(ran)).toBe(true);
        } finally {
          rmSync(join(terraform.directory, "../outbound-module"), { recursive: true, force: true });
        }
      },
      180_000,
    );
  });

  it("another system gets nothing", async () => {
    synth(terraform.directory, (stack) => {
      stack["provider"] = { outbound: [{ vrops: { url: "https://evil.example.com" } }] };
    });
    const { code, err } = await apply();
    expect([code, err]).toEqual([1, expect.stringContaining("not as reviewed: provider outbound")]);
    expect(err).toContain('now:      vrops.url = "https://evil.example.com"');
    expect(sandbox.network.list()).toEqual([]);
  }, 120_000);

  it("a checkout in another folder is the same", async () => {
    const other = join(reviews, "elsewhere/checkout");
    const skip = /\.terraform$|\.terraform\/|tfstate|\.lock\.hcl$/;
    cpSync(terraform.directory, other, { recursive: true, filter: (path) => !skip.test(path) });
    synth(other);
    const applied = await outboundIn(other, "apply-reviewed", "prod", "--review", review("r.md"));
    expect([applied.code, applied.err]).toEqual([0, expect.any(String)]);
    expect(sandbox.network.list()).toHaveLength(1);
  }, 120_000);
});
