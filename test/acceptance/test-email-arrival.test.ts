import { copyFileSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { startMailServer, type MailServer } from "../../lib/mail/server";
import { DeliveringInbox } from "../support/delivering-inbox";
import { ImapFolder } from "../support/imap-folders";
import { startNameServer, type NameServer } from "../support/name-server";
import { startScriptedImap, type ScriptedImap } from "../support/scripted-imap";
import { Terraform, words } from "./support/terraform";

const ADDRESS = "outbound_test_email.this";
const PASSWORDS = { smtp: "a password for sending", imap: "a password for reading", lead: "another for reading" };
const VARIABLES = {
  TF_VAR_smtp_password: PASSWORDS.smtp,
  TF_VAR_imap_password: PASSWORDS.imap,
  TF_VAR_lead_password: PASSWORDS.lead,
};
const TAINTED = expect.stringMatching(/create outbound_test_email\.this$/);

const inbox = new DeliveringInbox();
const junk = new ImapFolder("Spam", ["\\Junk"]);
let smtp: MailServer;
let imap: ScriptedImap;
let lead: ScriptedImap;
let names: NameServer;
let terraform: Terraform;

beforeAll(async () => {
  [smtp, imap, lead, names] = await Promise.all([
    startMailServer({ mode: "starttls", users: { alerts: PASSWORDS.smtp }, inbox }),
    startScriptedImap({ user: "oncall", password: PASSWORDS.imap }, { implicitTls: true, folders: [junk] }),
    startScriptedImap({ user: "lead", password: PASSWORDS.lead }, { implicitTls: true }),
    startNameServer({
      "example.com": { TXT: ["v=spf1 ip4:203.0.113.25 -all"] },
      "_dmarc.example.com": { TXT: ["v=DMARC1; p=reject"] },
    }),
  ]);
  terraform = new Terraform(VARIABLES);
  writeFileSync(join(terraform.directory, "smtp-ca.pem"), smtp.ca);
  writeFileSync(join(terraform.directory, "imap-ca.pem"), imap.ca);
  write();
  await terraform.init();
}, 60_000);
beforeEach(() => {
  inbox.folder = imap.inbox;
});
afterAll(async () => {
  terraform?.remove();
  await Promise.all([smtp?.close(), imap?.close(), lead?.close(), names?.close()]);
});

/** Of a further receiver. */
const further = (more = "") => `more_mailboxes = [{
    host           = "127.0.0.1"
    port           = ${lead.port}
    username       = "lead"
    password_wo    = var.lead_password
    ca_certificate = "imap-ca.pem"
    receiver       = "lead@example.com"
    wait_seconds   = 3
    ${more}
  }]`;

const mailbox = (more = "") => `{
    host           = "127.0.0.1"
    port           = ${imap.port}
    username       = "oncall"
    password_wo    = var.imap_password
    ca_certificate = "imap-ca.pem"
    wait_seconds   = 3
    ${more}
  }`;

/** The test, with a mailbox unless told otherwise. */
function write(extra = "", within: string | undefined = mailbox(), to = '["oncall@example.com"]'): void {
  terraform.write(`
variable "smtp_password" {
  type      = string
  ephemeral = true
}
variable "imap_password" {
  type      = string
  ephemeral = true
}
variable "lead_password" {
  type      = string
  ephemeral = true
}
resource "outbound_test_email" "this" {
  smtp_host      = "${smtp.host}"
  smtp_port      = ${smtp.port}
  username       = "alerts"
  password_wo    = var.smtp_password
  ca_certificate = "smtp-ca.pem"
  from_address   = "alerts@example.com"
  to             = ${to}
  ${within === undefined ? "" : `imap = ${within}`}
  ${extra}
}
output "arrived_in" {
  value = one(outbound_test_email.this.arrival[*].folder)
}`);
}

const stage = (name: string) =>
  (terraform.attributes(ADDRESS)["stages"] as { name: string; status: string; detail: string; remedy: string }[]).find(
    (one) => one.name === name,
  );

describe("a mailbox that cannot be right", () => {
  it("is refused by the plan, in the user's words", async () => {
    write("", mailbox(), '["oncall@example.com", "lead@example.com"]');
    expect(words((await terraform.tryPlan()).output)).toMatch(/Whose mailbox this is cannot be told/);
    write("", mailbox('receiver = "boss@example.com"'));
    const { output } = await terraform.tryPlan();
    expect(words(output)).toMatch(/not sent to boss@example\.com.*expected: oncall@example\.com/i);
  }, 60_000);
});

describe("a mail that is looked for", () => {
  it("and lies in the junk folder fails the apply, keeps the stages, and is tested again by the next", async () => {
    inbox.folder = junk;
    write();
    const run = await terraform.apply();
    expect(run.code).toBe(1);
    expect(words(run.output)).toMatch(/failed at arrival: .*(Spam|junk)/i);
    expect(words(run.output)).toMatch(/What to do: /);
    expect(stage("DATA")!.status).toBe("passed");
    expect(stage("arrival")).toMatchObject({ status: "failed", remedy: expect.any(String) });
    expect(terraform.attributes(ADDRESS)).toMatchObject({ ok: false, arrival: { folder: "Spam", junk: true } });
    expect((await terraform.plan()).actions).toEqual([TAINTED]);
  }, 60_000);

  it("is found: the verdict says delivered, and a second plan is empty", async () => {
    write();
    const sent = inbox.messages.length;
    const { output } = await terraform.applied();
    expect(inbox.messages).toHaveLength(sent + 1);
    expect(output).toContain('arrived_in = "INBOX"');
    expect(terraform.attributes(ADDRESS)).toMatchObject({
      ok: true,
      verdict: expect.stringMatching(/^delivered: /),
      arrival: { folder: "INBOX", junk: false, latency_ms: expect.any(Number) },
      receivers: [{ address: "oncall@example.com", status: "accepted", attempts: 1, remedy: null }],
      certificate_expires_at: expect.stringMatching(/^20\d\d-\d\d-\d\dT.*Z$/),
      imap: { port: imap.port, security: "tls", folder: "INBOX", password_wo: null, password_wo_version: 1 },
    });
    expect((await terraform.plan()).actions).toEqual([]);
    expect(inbox.messages).toHaveLength(sent + 1);
  }, 60_000);

  it("may be waited for longer in place, without a mail; a new password tests again", async () => {
    const sent = inbox.messages.length;
    write("timeout_seconds = 90", mailbox().replace("wait_seconds   = 3", "wait_seconds = 4\n    remove = true"));
    expect((await terraform.plan()).actions).toEqual([`update ${ADDRESS}`]);
    await terraform.applied();
    expect(terraform.attributes(ADDRESS)).toMatchObject({ arrival: { folder: "INBOX" }, imap: { wait_seconds: 4 } });
    expect(inbox.messages).toHaveLength(sent);
    write("", mailbox("password_wo_version = 2"));
    expect((await terraform.plan()).actions).toEqual([`delete+create ${ADDRESS}`]);
  }, 60_000);

  it("and never arrives is a warning where told so, and the state says how it ended", async () => {
    inbox.folder = undefined;
    write('on_failure = "warn"', mailbox('folder = "Alerts"').replace("wait_seconds   = 3", "wait_seconds = 1"));
    const run = await terraform.applied();
    expect(words(run.output)).toMatch(/Warning: The test mail failed at arrival: /);
    expect(terraform.attributes(ADDRESS)).toMatchObject({
      ok: false,
      arrival: null,
      receivers: [{ status: "accepted" }],
      verdict: expect.stringMatching(/^accepted: /),
    });
    expect((await terraform.plan()).actions).toEqual([]);
  }, 60_000);
});

describe("the mailboxes of several receivers", () => {
  const BOTH = '["oncall@example.com", "lead@example.com"]';
  const first = () => mailbox('receiver = "oncall@example.com"');
  beforeEach(() => {
    inbox.folder = undefined;
    inbox.folders.set("oncall@example.com", imap.inbox).set("lead@example.com", lead.inbox);
  });
  afterEach(() => inbox.folders.clear());

  it("are refused by the plan when two are of one receiver", async () => {
    write(further(), mailbox('receiver = "lead@example.com"'), BOTH);
    const { output } = await terraform.tryPlan();
    expect(words(output)).toMatch(/There are two mailboxes for lead@example\.com/);
    expect(words(output)).toMatch(/more_mailboxes\[0\]\.receiver/);
  }, 60_000);

  it("of which one does not show the mail fails the apply by name", async () => {
    inbox.folders.delete("lead@example.com");
    write(further(), first(), BOTH);
    const run = await terraform.apply();
    expect(run.code).toBe(1);
    expect(words(run.output)).toMatch(/failed at arrival lead@example\.com: /);
    expect(stage("arrival oncall@example.com")!.status).toBe("passed");
    expect(terraform.attributes(ADDRESS)).toMatchObject({
      ok: false,
      verdict: expect.stringMatching(/^partly delivered: arrived at oncall@.*; not seen in the mailbox of lead@/),
      arrivals: [{ receiver: "oncall@example.com" }],
    });
  }, 60_000);

  it("prove each receiver by name; a second plan is empty, and no password is in the state", async () => {
    write(further(), first(), BOTH);
    await terraform.applied();
    const place = { folder: "INBOX", junk: false, latency_ms: expect.any(Number) };
    expect(terraform.attributes(ADDRESS)).toMatchObject({
      ok: true,
      verdict: expect.stringMatching(/^delivered: arrived at oncall@.*, lead@/),
      arrival: place,
      arrivals: [
        { receiver: "oncall@example.com", ...place },
        { receiver: "lead@example.com", ...place },
      ],
      receivers: [{ status: "accepted" }, { status: "accepted" }],
      more_mailboxes: [{ username: "lead", password_wo: null, password_wo_version: 1, folder: "INBOX" }],
    });
    expect((await terraform.plan()).actions).toEqual([]);
    for (const password of Object.values(PASSWORDS)) expect(terraform.stateText()).not.toContain(password);
  }, 60_000);

  it("may be waited for longer in place; another password or one mailbox less tests again", async () => {
    write(further().replace("wait_seconds   = 3", "wait_seconds = 4"), first(), BOTH);
    expect((await terraform.plan()).actions).toEqual([`update ${ADDRESS}`]);
    await terraform.applied();
    expect(terraform.attributes(ADDRESS)).toMatchObject({ arrivals: [{}, {}], more_mailboxes: [{ wait_seconds: 4 }] });
    write(further("password_wo_version = 2"), first(), BOTH);
    expect((await terraform.plan()).actions).toEqual([`delete+create ${ADDRESS}`]);
    write("", first(), BOTH);
    expect((await terraform.plan()).actions).toEqual([`delete+create ${ADDRESS}`]);
  }, 60_000);
});

it("Ctrl-C ends the wait at once, and the test is sent again by the next apply", async () => {
  inbox.folder = undefined;
  write("timeout_seconds = 900", mailbox().replace("wait_seconds   = 3", "wait_seconds = 600"));
  const sent = inbox.messages.length;
  const child = terraform.start("apply", "-auto-approve", "-no-color", `-replace=${ADDRESS}`);
  const ended = new Promise((resolve) => child.once("close", resolve));
  await inbox.waitFor((message) => inbox.messages.indexOf(message) >= sent, { timeoutMs: 30_000 });
  // A terminal sends it to the whole process group: terraform and the provider.
  process.kill(-child.pid!, "SIGINT");
  await ended;
  expect(stage("DATA")!.status).toBe("passed");
  expect((await terraform.plan()).actions).toEqual([TAINTED]);
}, 60_000);

describe("the alignment of the sender", () => {
  const alignment = (require: string) => `
  dns_servers = ["${names.address}"]
  alignment = {
    source_ips = ["198.51.100.7"]
    require    = ${require}
  }`;

  it("fails the apply where receivers are told to reject, and that is required", async () => {
    write(alignment('["dmarc"]'), undefined);
    const run = await terraform.apply();
    expect(run.code).toBe(1);
    expect(words(run.output)).toMatch(/failed at DMARC: /);
    expect(stage("SPF")!.status).toBe("warning");
    expect(stage("DMARC")).toMatchObject({ status: "failed", detail: expect.stringContaining("reject") });
    expect((await terraform.plan()).actions).toEqual([TAINTED]);
    expect(names.questions).toEqual(expect.arrayContaining(["TXT example.com", "TXT _dmarc.example.com"]));
  }, 60_000);

  it("is a warning where nothing is required, and a second plan is empty", async () => {
    write(alignment("[]"), undefined);
    const run = await terraform.applied();
    expect(words(run.output)).toMatch(/Warning: The test mail passed DMARC, but /);
    expect(terraform.attributes(ADDRESS)).toMatchObject({ ok: true, alignment: { source_ips: ["198.51.100.7"] } });
    expect((await terraform.plan()).actions).toEqual([]);
  }, 60_000);

  it("passes from an address that the domain names", async () => {
    write(alignment('["spf", "dmarc"]').replace("198.51.100.7", "203.0.113.25"), undefined);
    await terraform.applied();
    expect([stage("SPF")!.status, stage("DMARC")!.status]).toEqual(["passed", "passed"]);
  }, 60_000);
});

it("a mailbox that is known only while applying, in part or as a whole, is looked into all the same", async () => {
  const late = new Terraform(VARIABLES);
  const main = join(late.directory, "main.tf");
  try {
    write("", mailbox().replace('"oncall"', "terraform_data.late.output"));
    for (const file of ["main.tf", "smtp-ca.pem", "imap-ca.pem"]) {
      copyFileSync(join(terraform.directory, file), join(late.directory, file));
    }
    const declare = (from: RegExp | string, to: string) =>
      writeFileSync(main, readFileSync(main, "utf8").replace(from, to));
    writeFileSync(main, `${readFileSync(main, "utf8")}\nresource "terraform_data" "late" {\n  input = "oncall"\n}\n`);
    await late.init();
    await late.applied();
    expect(late.attributes(ADDRESS)).toMatchObject({ imap: { username: "oncall" }, arrival: { folder: "INBOX" } });
    expect((await late.plan()).actions).toEqual([]);

    declare('input = "oncall"', 'input = "oncall"\n  triggers_replace = ["again"]');
    declare("imap = {", 'imap = terraform_data.late.id == "" ? null : {');
    expect((await late.plan()).actions).toEqual([`delete+create ${ADDRESS}`, "delete+create terraform_data.late"]);
    await late.applied();
    expect(late.attributes(ADDRESS)).toMatchObject({ arrival: { folder: "INBOX" }, imap: { password_wo: null } });
    expect((await late.plan()).actions).toEqual([]);
  } finally {
    late.remove();
  }
}, 60_000);

it("no password is in a state, a plan or a log, with everything written that terraform can write", async () => {
  const traced = new Terraform({ ...VARIABLES, TF_LOG: "trace" });
  try {
    write();
    for (const file of ["main.tf", "smtp-ca.pem", "imap-ca.pem"]) {
      copyFileSync(join(terraform.directory, file), join(traced.directory, file));
    }
    await traced.init();
    const planned = await traced.plan();
    const applied = await traced.applied();
    const again = await traced.tryPlan();
    inbox.folder = junk;
    const failing = await traced.apply(`-replace=${ADDRESS}`);
    expect(failing.code).toBe(1);
    const files = readdirSync(traced.directory, { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile() && !entry.name.startsWith("terraform-provider"))
      .map((entry) => readFileSync(join(entry.parentPath, entry.name), "latin1"));
    const written = [
      planned.text,
      JSON.stringify(planned.json),
      applied.output,
      again.output,
      failing.output,
      ...files,
    ];
    expect(traced.stateText()).toContain('"password_wo": null');
    // Both were really used.
    expect(smtp.inbox.messages.at(-1)!.user).toBe("alerts");
    expect(imap.lines.filter((line) => /^(LOGIN|AUTHENTICATE)/i.test(line))).not.toEqual([]);
    const logins = [`\0alerts\0${PASSWORDS.smtp}`, `\0oncall\0${PASSWORDS.imap}`];
    for (const secret of [...Object.values(PASSWORDS), ...logins]) {
      const forms = [secret, encodeURIComponent(secret), Buffer.from(secret).toString("base64")];
      expect(written.filter((text) => forms.some((form) => text.includes(form)))).toEqual([]);
    }
  } finally {
    traced.remove();
  }
}, 120_000);

it("a state of the version before is read without a replacement, and updated in place", async () => {
  const upgraded = new Terraform({ TF_VAR_smtp_password: PASSWORDS.smtp });
  const declare = (extra: string) =>
    upgraded.write(`
variable "smtp_password" {
  type      = string
  ephemeral = true
}
resource "outbound_test_email" "this" {
  smtp_host      = "203.0.113.25"
  smtp_port      = 587
  username       = "alerts"
  password_wo    = var.smtp_password
  ca_certificate = "/etc/ssl/relay-ca.pem"
  declared_flows = ["203.0.113.25:587"]
  from_address   = "alerts@example.com"
  from_name      = "Alerting"
  to             = ["oncall@example.com"]
  via            = [{ system = "vrops", id = "85ee0e47-6598-4d47-8d9c-000000000001" }]
  ${extra}
}
output "receivers" {
  value = outbound_test_email.this.receivers
}`);
  try {
    const stored = join(__dirname, "support/test-email-before-arrival.tfstate.json");
    expect(readFileSync(stored, "utf8")).not.toMatch(
      /"(receivers|imap|more_mailboxes|arrivals?|alignment|dns_servers)"/,
    );
    copyFileSync(stored, join(upgraded.directory, "terraform.tfstate"));
    declare("");
    await upgraded.init();
    const { actions, drift } = await upgraded.plan();
    expect([actions, drift]).toEqual([[], []]);
    declare("timeout_seconds = 90");
    expect((await upgraded.plan()).actions).toEqual([`update ${ADDRESS}`]);
    await upgraded.applied();
    expect(upgraded.attributes(ADDRESS)).toMatchObject({
      id: "20d64fc0d2c3",
      ok: true,
      receivers: null,
      certificate_expires_at: null,
      arrival: null,
      arrivals: null,
      imap: null,
      more_mailboxes: null,
    });
    expect((await upgraded.plan()).actions).toEqual([]);
  } finally {
    upgraded.remove();
  }
}, 60_000);
