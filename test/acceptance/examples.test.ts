import { execFile } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { promisify } from "node:util";
import { startSandbox, type Sandbox } from "../../lib/sandbox";
import { Terraform, words } from "./support/terraform";
import { terraformBinary } from "../support/terraform-binary";

// What lies in examples/ is what readers copy: here it is deployed as it stands.

const root = resolve(__dirname, "../..");
const run = promisify(execFile);
let sandbox: Sandbox;
let output: string;

beforeEach(async () => {
  sandbox = await startSandbox();
  output = mkdtempSync(join(tmpdir(), "outbound-examples-"));
});
afterEach(async () => {
  rmSync(output, { recursive: true, force: true });
  await sandbox.close();
});

interface Example {
  readonly folder: string;
  readonly stack: string;
  /** What a reader learns from the deployment, in the words of its output. */
  readonly says: readonly string[];
}

const examples: readonly Example[] = [
  {
    folder: "simple-case",
    stack: "sandbox",
    says: ["took the message", "Seen from the platform too: the test of vrops passed."],
  },
  {
    folder: "ovh-vrops-smtp",
    stack: "ovh-vrops-smtp",
    says: ["took the message", "Seen from the platform too: the test of vrops passed."],
  },
  {
    folder: "ovh-vrops-smtp-cdktn",
    stack: "ovh-vrops-smtp-cdktn",
    says: ["took the message", "Seen from the platform too: the test of vrops passed."],
  },
  {
    folder: "uipath-mail",
    stack: "uipath-mail",
    says: [
      "took the message",
      "the test of uipath tenant and uipath organization/3fa85f64-5717-4562-b3fc-2c963f66afa6 passed.",
    ],
  },
  {
    folder: "every-system",
    stack: "every-system",
    says: ["Seen from the platform too: ", "Not known as seen from alertops"],
  },
  {
    folder: "ksaar",
    stack: "ksaar",
    says: [
      'a person has to enter the SMTP connection "Alertes"',
      "Not known as seen from ksaar: there is no test call",
    ],
  },
];

it.each(examples)(
  "examples/$folder is synthesised, deployed and destroyed",
  async ({ folder, stack, says }) => {
    const inherited = Object.entries(process.env).filter(([name]) => !/^(TF_|CDKTF_)/.test(name));
    const env = {
      ...Object.fromEntries(inherited),
      ...sandbox.environment(),
      CDKTF_OUTDIR: output,
      CHECKPOINT_DISABLE: "1",
      TF_IN_AUTOMATION: "1",
    };
    await run(process.execPath, ["--import", "tsx", "main.ts"], { cwd: join(root, "examples", folder), env });
    const cwd = join(output, "stacks", stack);
    const terraform = async (...args: string[]) =>
      words((await run(terraformBinary, [...args, "-no-color", "-input=false"], { cwd, env })).stdout);

    await terraform("init");
    const deployed = await terraform("apply", "-auto-approve");
    for (const text of says) expect(deployed).toContain(text);
    expect(sandbox.inbox.messages).not.toEqual([]);
    expect(await terraform("plan", "-detailed-exitcode")).toContain("No changes.");
    await terraform("destroy", "-auto-approve");
  },
  120_000,
);

interface HclExample {
  readonly folder: string;
  /** What a reader chooses. */
  readonly variables: () => Readonly<Record<string, string>>;
  /** The types of what is deployed. */
  readonly deploys: readonly string[];
}

const hclExamples: readonly HclExample[] = [
  {
    folder: "webhook-and-trap-hcl",
    variables: () => ({ signing_key: "choose-one" }),
    deploys: ["outbound_uipath_webhook", "outbound_vrops_plugin"],
  },
  {
    folder: "ovh-vrops-smtp-hcl",
    // The sandbox gives them.
    variables: () => ({}),
    deploys: [
      "outbound_ovh_vrops_flow",
      "outbound_test_email",
      "outbound_vrops_email_plugin",
      "outbound_vrops_notification_rule",
    ],
  },
];

it.each(hclExamples)(
  "examples/$folder is deployed, and destroyed without a trace",
  async ({ folder, variables, deploys }) => {
    const values = Object.entries(variables()).map(([name, value]) => [`TF_VAR_${name}`, value]);
    const terraform = new Terraform({ ...sandbox.environment(), ...(Object.fromEntries(values) as object) });
    try {
      const before = sandbox.objects();
      terraform.copy(join(root, "examples", folder));
      await terraform.init();
      const created = await terraform.appliedActions();
      expect(created.map((action) => action.replace(/^create (\w+)\..*$/, "$1")).sort()).toEqual(deploys);
      expect((await terraform.plan()).actions).toEqual([]);
      await terraform.destroyed();
      expect(sandbox.objects()).toEqual(before);
    } finally {
      terraform.remove();
    }
  },
  120_000,
);
