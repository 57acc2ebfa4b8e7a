import { execFile } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { promisify } from "node:util";
import { startMailServer } from "../../lib/mail/server";
import { DeliveringInbox } from "../support/delivering-inbox";
import { startNameServer } from "../support/name-server";
import { startScriptedImap } from "../support/scripted-imap";
import { Terraform, words } from "./support/terraform";
import { terraformBinary } from "../support/terraform-binary";

// examples/proved-arrival as it stands, with a relay, a mailbox and a name server that the test starts: the sandbox has
// no IMAP server.

const folder = resolve(__dirname, "../../examples/proved-arrival");
const run = promisify(execFile);

interface World {
  readonly env: NodeJS.ProcessEnv;
  readonly directory: string;
  readonly inbox: DeliveringInbox;
}

async function inWorld(use: (world: World) => Promise<void>): Promise<void> {
  const directory = mkdtempSync(join(tmpdir(), "outbound-proved-arrival-"));
  const inbox = new DeliveringInbox();
  const passwords = {
    SMTP_PASSWORD: "a password for sending",
    IMAP_PASSWORD: "a password for reading",
    LEAD_IMAP_PASSWORD: "another password for reading",
  };
  const [smtp, imap, lead, names] = await Promise.all([
    startMailServer({ mode: "starttls", users: { alerts: passwords.SMTP_PASSWORD }, inbox }),
    startScriptedImap({ user: "oncall", password: passwords.IMAP_PASSWORD }, { implicitTls: true }),
    startScriptedImap({ user: "lead", password: passwords.LEAD_IMAP_PASSWORD }, { implicitTls: true }),
    startNameServer({
      "example.com": { TXT: ["v=spf1 ip4:203.0.113.25 -all"] },
      "_dmarc.example.com": { TXT: ["v=DMARC1; p=reject"] },
    }),
  ]);
  inbox.folders.set("oncall@example.com", imap.inbox).set("lead@example.com", lead.inbox);
  const files = { SMTP_CA: join(directory, "smtp-ca.pem"), IMAP_CA: join(directory, "imap-ca.pem") };
  writeFileSync(files.SMTP_CA, smtp.ca);
  writeFileSync(files.IMAP_CA, imap.ca);
  const inherited = Object.entries(process.env).filter(([name]) => !/^(TF_|CDKTF_)/.test(name));
  const env = {
    ...Object.fromEntries(inherited),
    ...passwords,
    ...files,
    SMTP_HOST: smtp.host,
    SMTP_PORT: String(smtp.port),
    IMAP_HOST: "127.0.0.1",
    IMAP_PORT: String(imap.port),
    LEAD_IMAP_PORT: String(lead.port),
    NAME_SERVER: names.address,
    CDKTF_OUTDIR: directory,
    CHECKPOINT_DISABLE: "1",
    TF_IN_AUTOMATION: "1",
  };
  try {
    await use({ env, directory, inbox });
  } finally {
    await Promise.all([smtp.close(), imap.close(), lead.close(), names.close()]);
    rmSync(directory, { recursive: true, force: true });
  }
}

it("the program is synthesised, deployed and destroyed, and its outputs tell what was proved", async () => {
  await inWorld(async ({ env, directory, inbox }) => {
    await run(process.execPath, ["--import", "tsx", "main.ts"], { cwd: folder, env });
    const cwd = join(directory, "stacks", "proved-arrival");
    const terraform = async (...args: string[]) =>
      words((await run(terraformBinary, [...args, "-no-color"], { cwd, env })).stdout);

    await terraform("init", "-input=false");
    await terraform("apply", "-auto-approve", "-input=false");
    expect(inbox.messages.map(({ to }) => to)).toEqual([
      ["archive@example.com", "lead@example.com", "oncall@example.com"],
    ]);
    const outputs = JSON.parse(await terraform("output", "-json")) as Record<string, { value: unknown }>;
    expect(outputs["verdict"]!.value).toMatch(
      /^delivered: arrived at oncall@.*, lead@.*; accepted for archive@example\.com, whose mailbox nobody looked into;/,
    );
    expect(outputs["arrivals"]!.value).toMatchObject([
      { receiver: "oncall@example.com", folder: "INBOX", junk: false },
      { receiver: "lead@example.com", folder: "INBOX", junk: false },
    ]);
    const accepted = { status: "accepted" };
    expect(outputs["receivers"]!.value).toMatchObject([accepted, accepted, accepted]);
    expect(outputs["certificate_expires_at"]!.value).toMatch(/^20\d\d-/);
    expect(await terraform("plan", "-input=false", "-detailed-exitcode")).toContain("No changes.");
    await terraform("destroy", "-auto-approve", "-input=false");
  });
}, 120_000);

it("the HCL in its README is what the provider takes", async () => {
  const [, hcl] = /```hcl\n([\s\S]*?)```/.exec(readFileSync(join(folder, "README.md"), "utf8"))!;
  const terraform = new Terraform({
    TF_VAR_smtp_password: "for sending",
    TF_VAR_imap_password: "for reading",
    TF_VAR_lead_password: "for reading too",
  });
  try {
    const variable = (name: string) => `variable "${name}" {\n  type = string\n  ephemeral = true\n}\n`;
    terraform.write(variable("smtp_password") + variable("imap_password") + variable("lead_password") + hcl!);
    await terraform.init();
    const { actions, text } = await terraform.plan();
    expect(actions).toEqual(["create outbound_test_email.chain"]);
    expect(text).not.toContain("Warning");
  } finally {
    terraform.remove();
  }
}, 60_000);
