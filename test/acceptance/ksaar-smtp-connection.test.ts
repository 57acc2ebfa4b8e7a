import { startSandbox, type Sandbox } from "../../lib/sandbox";
import { Terraform, words } from "./support/terraform";

// There is no ladder to climb where nothing can be read: where a step cannot exist, a test shows what is said instead.

const ADDRESS = "outbound_ksaar_smtp_connection.this";
let sandbox: Sandbox;
let terraform: Terraform;

interface Wanted {
  readonly password?: string;
  readonly port?: number;
  readonly arguments?: string;
  readonly beside?: string;
}

function write(wanted: Wanted = {}): void {
  const { startTls, user, password } = sandbox.mail;
  terraform.write(`
variable "connection_password" {
  type      = string
  ephemeral = true
  default   = "${wanted.password ?? password}"
}
resource "outbound_ksaar_smtp_connection" "this" {
  name           = "Alertes"
  sender         = "alerts@example.com"
  host           = "${startTls.host}"
  port           = ${wanted.port ?? startTls.port}
  authentication = "LOGIN"
  username       = "${user}"
  password_wo    = var.connection_password
  ca_certificate = "${sandbox.environment()["OUTBOUND_SANDBOX_SMTP_CA"]}"
  ${wanted.arguments ?? ""}
}
${wanted.beside ?? ""}`);
}

/** What a person types who follows the steps. */
function enter(changes: Record<string, unknown> = {}) {
  const { name, sender, reply_to, host, port, authentication, username, secure } = terraform.attributes(ADDRESS);
  return sandbox.intervene("ksaar", "enter-connection", {
    name,
    sender,
    ...(reply_to === null ? {} : { replyTo: reply_to }),
    host,
    port,
    authentication,
    user: username,
    password: sandbox.mail.password,
    secure,
    ca: sandbox.mail.ca,
    ...changes,
  });
}

const digest = () => String(terraform.attributes(ADDRESS)["digest"]);

beforeAll(async () => {
  sandbox = await startSandbox();
  terraform = new Terraform(sandbox.environment());
  write();
  await terraform.init();
}, 60_000);

afterAll(async () => {
  terraform?.remove();
  await sandbox?.close();
});

it("is not created when the server refuses the login, and the stages say why", async () => {
  write({ password: "wrong" });
  const { code, output } = await terraform.apply();
  expect(code).toBe(1);
  expect(words(output)).toContain("ksaar/probe-failed");
  expect(words(output)).toMatch(/FAIL AUTH/);
  expect(terraform.stateText()).not.toContain("outbound_ksaar_smtp_connection");
}, 60_000);

it("is created with the steps printed, and a second plan is empty but claims no absence of drift", async () => {
  write();
  const { output } = await terraform.applied();
  expect(words(output)).toContain('a person has to enter the SMTP connection "Alertes"');
  expect(words(output)).toContain(`Set \`confirmed = "${digest()}"\``);
  expect(terraform.attributes(ADDRESS)).toMatchObject({ id: "Alertes", secure: false, attested: false });
  expect(terraform.attributes(ADDRESS)["verification"]).toMatch(/^reachable/);

  const plan = await terraform.plan();
  expect([plan.actions, plan.drift]).toEqual([[], []]);
  expect(words(plan.text)).toContain('Whether the SMTP connection "Alertes" has drifted is unknown');
  expect(words(plan.text)).toContain("nobody has confirmed");
}, 60_000);

it("entered by its steps, sends", async () => {
  await enter();
  expect(await sandbox.intervene("ksaar", "test-connection", { name: "Alertes" })).toMatchObject({ success: true });
  await sandbox.intervene("ksaar", "send-mail", { to: "oncall@example.com", subject: "Alerte", text: "!" });
  expect(sandbox.inbox.messages.at(-1)).toMatchObject({ from: "alerts@example.com", subject: "Alerte" });
});

it("is confirmed in place, after which the plan is empty and names the confirmation", async () => {
  write({ arguments: `confirmed = "${digest()}"` });
  expect((await terraform.plan()).actions).toEqual([`update ${ADDRESS}`]);
  const { output } = await terraform.applied();
  expect(words(output)).not.toContain("ksaar/enter-by-hand");
  expect(terraform.attributes(ADDRESS)).toMatchObject({ attested: true });
  const plan = await terraform.plan();
  expect(plan.actions).toEqual([]);
  expect(words(plan.text)).toContain("somebody has confirmed what is declared");
}, 60_000);

it("says that drift is unknown where others show it: after a change, and after a removal in Ksaar", async () => {
  await enter({ sender: "someone.else@example.com" });
  const changed = await terraform.plan();
  await sandbox.intervene("ksaar", "delete-connection", { name: "Alertes" });
  const removed = await terraform.plan();
  for (const plan of [changed, removed]) {
    expect([plan.actions, plan.drift]).toEqual([[], []]);
    expect(words(plan.text)).toContain("has drifted is unknown: Ksaar has no API");
  }
  expect(terraform.attributes(ADDRESS)["drift"]).toMatch(/^unknown/);
}, 60_000);

it("is changed in place, which ends the confirmation; the plan already shows the new steps", async () => {
  const old = digest();
  write({ arguments: `confirmed = "${old}"\n  reply_to = "noc@example.com"` });
  const plan = await terraform.plan();
  expect(plan.actions).toEqual([`update ${ADDRESS}`]);
  expect(words(plan.text)).toContain("is not what is declared now");
  expect(words(plan.text)).toContain("«Email de réponse»: noc@example.com");
  const { output } = await terraform.applied();
  expect(words(output)).toContain("ksaar/enter-by-hand");
  expect(terraform.attributes(ADDRESS)).toMatchObject({ attested: false });
  expect(digest()).not.toBe(old);
  expect((await terraform.plan()).actions).toEqual([]);
}, 60_000);

it("proves a new password as soon as its version says that there is one", async () => {
  write({ password: "wrong", arguments: "password_wo_version = 2" });
  const { code, output } = await terraform.apply();
  expect(code).toBe(1);
  expect(words(output)).toContain("ksaar/probe-failed");
  write({ arguments: "password_wo_version = 2" });
  await terraform.applied();
  expect((await terraform.plan()).actions).toEqual([]);
}, 60_000);

it("is one default connection, or an error", async () => {
  const other = (isDefault: boolean) => `
resource "outbound_ksaar_smtp_connection" "other" {
  name               = "Marketing"
  sender             = "news@example.com"
  host               = "203.0.113.25"
  port               = 25
  verify             = "off"
  default_connection = ${isDefault}
}`;
  write({ arguments: "default_connection = true", beside: other(true) });
  const refused = await terraform.tryPlan();
  expect(refused.code).toBe(1);
  expect(words(refused.output)).toContain("Two SMTP connections want to be the default of Ksaar");
  write({ arguments: "default_connection = true", beside: other(false) });
  await terraform.applied();
  write({ arguments: "default_connection = false", beside: other(true) });
  await terraform.applied();
  expect((await terraform.plan()).actions).toEqual([]);
}, 90_000);

it("cannot be imported, and the error says what to do instead", async () => {
  await terraform.forget(ADDRESS);
  const { code, output } = await terraform.import(ADDRESS, "Alertes");
  expect(code).toBe(1);
  expect(words(output)).toContain("ksaar/cannot-import");
  expect(words(output)).toContain("that changes nothing there");
  await terraform.applied();
}, 60_000);

it("leaves nothing in the state after destroy, and prints the steps to remove it from Ksaar", async () => {
  const { output } = await terraform.destroyed();
  expect(words(output)).toContain('Delete the connection "Alertes"');
  expect(terraform.stateText()).not.toContain("outbound_ksaar_smtp_connection");
}, 60_000);

it("has never talked to Ksaar, nor kept the password", () => {
  expect(sandbox.requests.list().filter(({ system }) => system === "ksaar")).toEqual([]);
  expect(terraform.stateText()).not.toContain(sandbox.mail.password);
});
