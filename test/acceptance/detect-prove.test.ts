import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Mailbox, OutboundProvider, OvhVropsFlow, PostDeployTest, Receiver, Secret, SmtpServer } from "../../lib";
import { runCommandLine } from "../../lib/cli/program";
import { App, LocalBackend, TerraformStack } from "../../lib/constructs/cdktf";
import { systemClock, type Clock } from "../../lib/core/clock";
import { startMailServer, type MailServer, type Refusal } from "../../lib/mail/server";
import type { ChainProof } from "../../lib/proof/proof";
import type { Detection } from "../../lib/reconcile/detection";
import { startSandbox, type Sandbox } from "../../lib/sandbox";
import { asPublished } from "../schemas/support/document";
import { DeliveringInbox } from "../support/delivering-inbox";
import { startNameServer, type NameServer, type ZoneEntry } from "../support/name-server";
import { startScriptedImap, type ScriptedImap } from "../support/scripted-imap";
import { runTerraform } from "./support/run-terraform";

const STACK = "alerts";
const PASSWORDS = { SMTP_PASSWORD: "a password for sending", IMAP_PASSWORD: "a password for reading" };
const DAY_MS = 86_400_000;

/** A deployed chain whose mail dies afterwards, in one way after the other. */
class World {
  readonly inbox = new DeliveringInbox();
  /** The relay's, which somebody may change. */
  readonly users: Record<string, string> = { alerts: PASSWORDS.SMTP_PASSWORD };
  /** What the relay says in place of its consent. */
  refusals: { login?: Refusal; receiver?: Refusal; message?: Refusal } = {};
  /** As the environment of the check has them. */
  passwords: Readonly<Record<string, string>> = PASSWORDS;
  clock: Clock = systemClock;
  sandbox!: Sandbox;
  smtp!: MailServer;
  imap!: ScriptedImap;
  names!: NameServer;
  /** What the sender's domain publishes; somebody may change it. */
  readonly zone: Record<string, ZoneEntry> = {
    "example.com": { TXT: ["v=spf1 ip4:203.0.113.25 -all"] },
    "_dmarc.example.com": { TXT: ["v=DMARC1; p=reject"] },
  };
  readonly project = mkdtempSync(join(tmpdir(), "outbound-prove-"));

  async start(): Promise<void> {
    const { inbox, users } = this;
    this.sandbox = await startSandbox({ seed: 7 });
    this.smtp = await startMailServer({
      mode: "starttls",
      users,
      inbox,
      hooks: {
        login: () => this.refusals.login,
        receiver: () => this.refusals.receiver,
        message: () => this.refusals.message,
      },
    });
    this.imap = await startScriptedImap({ user: "oncall", password: PASSWORDS.IMAP_PASSWORD }, { implicitTls: true });
    this.names = await startNameServer(this.zone);
    inbox.folder = this.imap.inbox;
    this.synthesise();
    await this.terraform("init", "-input=false");
    await this.terraform("apply", "-auto-approve", "-input=false");
  }

  async close(): Promise<void> {
    rmSync(this.project, { recursive: true, force: true });
    await Promise.all([this.smtp.close(), this.imap.close(), this.names.close(), this.sandbox.close()]);
  }

  async outbound(...args: string[]) {
    const [out, err]: string[][] = [[], []];
    const code = await runCommandLine(["reconcile", ...args], {
      out: (line) => out!.push(line),
      err: (line) => err!.push(line),
      environment: this.environment(),
      homeDirectory: this.project,
      workingDirectory: this.project,
      nodeVersion: process.versions.node,
      platform: process.platform,
      clock: this.clock,
      interrupted: new AbortController().signal,
    });
    return { code, out: out!.join("\n"), err: err!.join("\n") };
  }

  async detect(...args: string[]): Promise<Detection & { code: number; chain: ChainProof }> {
    const { code, out, err } = await this.outbound("--format", "json", ...args);
    if (!out.startsWith("{")) throw new Error(err);
    const leaked = Object.values(PASSWORDS).filter((secret) => out.includes(secret));
    if (leaked.length > 0) throw new Error(`A password stands in the detection: ${out}`);
    const detection = asPublished("detection", out) as unknown as Detection;
    return { code, ...detection, chain: detection.proof?.chains[0] as ChainProof };
  }

  private environment() {
    return { PATH: process.env["PATH"] ?? "", ...this.sandbox.environment(), ...this.passwords };
  }

  private terraform(...args: string[]) {
    return runTerraform(args, join(this.project, "cdktf.out/stacks", STACK), this.environment());
  }

  private synthesise(): void {
    const files = { smtp: join(this.project, "smtp-ca.pem"), imap: join(this.project, "imap-ca.pem") };
    writeFileSync(files.smtp, this.smtp.ca);
    writeFileSync(files.imap, this.imap.ca);
    const app = new App({ outdir: join(this.project, "cdktf.out") });
    const stack = new TerraformStack(app, STACK);
    new LocalBackend(stack, { path: join(this.project, "terraform.tfstate") });
    new OutboundProvider(stack, "outbound", { embedNullProvider: true });
    new OvhVropsFlow(stack, "flow", { serviceName: "pcc-192-0-2-10", ip: "203.0.113.25", port: 587 });
    const oncall = Receiver.email("oncall@example.com");
    new PostDeployTest(stack, "test", {
      server: SmtpServer.startTls(this.smtp.host, {
        port: this.smtp.port,
        login: { user: "alerts", password: Secret.environment("SMTP_PASSWORD") },
        sender: { address: "alerts@example.com" },
        caCertificate: files.smtp,
      }),
      receivers: [oncall, Receiver.email("lead@example.com")],
      arrival: Mailbox.imap("127.0.0.1", {
        user: "oncall",
        password: Secret.environment("IMAP_PASSWORD"),
        port: this.imap.port,
        receiver: oncall,
        waitSeconds: 5,
        caCertificate: files.imap,
      }),
      dnsServers: [this.names.address],
      timeoutSeconds: 30,
    });
    app.synth();
  }
}

const TEST = expect.stringMatching(/^outbound_test_email\./) as string;
const broken = ({ entries }: Detection) => entries.filter(({ bucket }) => bucket === "broken");
const failedStage = ({ stages }: ChainProof) => stages.find(({ status }) => status === "failed")?.kind;

let world: World;
beforeAll(async () => {
  world = new World();
  await world.start();
}, 120_000);
afterAll(() => world.close());

it("sends nothing and is in sync while mail gets through", async () => {
  const before = world.inbox.messages.length;
  const { code, out } = await world.outbound("--prove");
  expect(out).toContain("alerts: in sync (2 in sync)");
  expect(out).toMatch(/outbound_test_email\.\S+: mail gets through \(probe, 127\.0\.0\.1:\d+\): accepted for /);
  expect(code).toBe(0);
  expect(world.inbox.messages).toHaveLength(before);
}, 60_000);

it("without --prove no mail server is asked, and nothing is said of mail", async () => {
  const { proof, code } = await world.detect();
  expect(proof).toBeUndefined();
  expect(code).toBe(0);
}, 60_000);

it("with send, says by name at whom it arrived and for whom it was only accepted", async () => {
  const { code, chain, proof } = await world.detect("--prove=send");
  expect(proof!.mode).toBe("send");
  expect(code).toBe(0);
  expect(chain).toMatchObject({ address: TEST, how: "send", state: "through" });
  expect(chain.receivers).toEqual([
    { address: "lead@example.com", status: "accepted" },
    { address: "oncall@example.com", status: "arrived" },
  ]);
  expect(chain.arrivedAfterMs).toBeGreaterThanOrEqual(0);
  expect(new Set(chain.certificates.map(({ server }) => server))).toEqual(
    new Set([`127.0.0.1:${world.smtp.port}`, `127.0.0.1:${world.imap.port}`]),
  );
}, 60_000);

it("a rotated password", async () => {
  world.users["alerts"] = "another one";
  try {
    const detection = await world.detect("--prove");
    expect(detection).toMatchObject({ code: 4, verdict: "broken", summary: "1 broken, 1 in sync" });
    expect(broken(detection)).toMatchObject([{ address: TEST, reason: expect.stringContaining("535") as string }]);
    expect(failedStage(detection.chain)).toBe("AUTH");
    const { out } = await world.outbound("--prove");
    expect(out).toContain("alerts: as declared, but mail does not get through (1 broken, 1 in sync)");
  } finally {
    world.users["alerts"] = PASSWORDS.SMTP_PASSWORD;
  }
  expect((await world.detect("--prove")).code).toBe(0);
}, 90_000);

it("a certificate that has run out", async () => {
  world.clock = { ...systemClock, now: () => Date.now() + 3_000 * DAY_MS };
  try {
    const detection = await world.detect("--prove");
    expect(detection).toMatchObject({ code: 4, verdict: "broken" });
    expect(failedStage(detection.chain)).toBe("TLS");
    expect(broken(detection)[0]!.reason).toContain("expired");
  } finally {
    world.clock = systemClock;
  }
}, 60_000);

it("a full mailbox, by what the relay says and by what the mailbox's server says", async () => {
  const full = { code: 552, text: "5.2.2 <oncall@example.com>: user is over quota" };
  world.refusals = { receiver: full };
  try {
    const detection = await world.detect("--prove");
    expect(detection).toMatchObject({ code: 4, verdict: "broken" });
    expect(failedStage(detection.chain)).toBe("RCPT");
    expect(broken(detection)[0]!.reason).toContain("refused for");
    world.refusals = { message: full };
    expect((await world.detect("--prove")).code).toBe(0);
    expect(await world.detect("--prove=send")).toMatchObject({ code: 4, verdict: "broken" });
  } finally {
    world.refusals = {};
  }
}, 90_000);

it("a mail that never arrives though the relay takes it", async () => {
  world.inbox.folder = undefined;
  try {
    const detection = await world.detect("--prove=send");
    expect(detection).toMatchObject({ code: 4, verdict: "broken" });
    expect(failedStage(detection.chain)).toBe("arrival");
    expect(detection.chain.receivers.map(({ status }) => status)).toEqual(["accepted", "accepted"]);
  } finally {
    world.inbox.folder = world.imap.inbox;
  }
}, 90_000);

it("a login mechanism that is retired", async () => {
  world.refusals = {
    login: { code: 535, text: "5.7.139 Authentication unsuccessful, basic authentication is disabled." },
  };
  try {
    const detection = await world.detect("--prove");
    expect(failedStage(detection.chain)).toBe("AUTH");
    expect(broken(detection)[0]!.reason).toMatch(/basic authentication/i);
  } finally {
    world.refusals = {};
  }
}, 60_000);

it("a revoked OVHcloud login is unknown, and the mail is walked all the same", async () => {
  world.sandbox.faults.add({ system: "ovh", path: "/**", effect: { kind: "status", status: 403 }, times: "always" });
  try {
    const detection = await world.detect("--prove");
    expect(detection).toMatchObject({ code: 1, verdict: "unknown" });
    expect(detection.chain.state).toBe("through");
  } finally {
    world.sandbox.faults.clear();
  }
}, 60_000);

it("a password that the check has not got is unknown, by the name of its variable", async () => {
  world.passwords = { ...PASSWORDS, IMAP_PASSWORD: "" };
  try {
    const detection = await world.detect("--prove=send");
    expect(detection).toMatchObject({ code: 1, verdict: "unknown", chain: { state: "unknown" } });
    expect(detection.chain.verdict).toContain("IMAP_PASSWORD");
  } finally {
    world.passwords = PASSWORDS;
  }
}, 60_000);

it("tells what ends, and fails when it is near: a certificate, by a calendar too", async () => {
  const now = await world.outbound("--horizon", "30d", "--ics", "ends.ics", "--json", "proved.json");
  expect(now.out).toMatch(/certificate CN=\S+ of 127\.0\.0\.1:\d+ ends in \d+ days, on 20\d\d-/);
  expect(now.out).toContain("login to OVHcloud API: its end is not known");
  expect(now.code).toBe(0);
  const calendar = readFileSync(join(world.project, "ends.ics"), "utf8");
  expect(calendar.match(/BEGIN:VEVENT/g)!.length).toBeGreaterThan(0);

  const far = await world.detect("--horizon", "3000d");
  expect(far).toMatchObject({ code: 5, verdict: "ending" });
  expect(far.horizon!.endings.filter(({ state }) => state === "near").map(({ kind }) => kind)).toContain("certificate");
}, 90_000);

it("tells what the sender's domain publishes no more since the last proof", async () => {
  const { ["example.com"]: spf } = world.zone;
  delete world.zone["example.com"];
  try {
    const detection = await world.detect("--horizon", "--since", "proved.json");
    expect(detection).toMatchObject({ code: 5, verdict: "ending" });
    expect(detection.horizon!.endings[0]).toMatchObject({
      kind: "record",
      state: "ended",
      subject: "SPF at example.com",
    });
  } finally {
    world.zone["example.com"] = spf!;
  }
}, 60_000);

it("options that need --horizon say so before anything is asked", async () => {
  for (const option of ["--ics", "--since"]) {
    const { code, err } = await world.outbound(option, "file");
    expect([code, err]).toEqual([1, expect.stringContaining("cli/needs-horizon")]);
  }
  expect((await world.outbound("--horizon", "soon")).err).toContain("such as 30d");
});

it("what differs from the code as well is told both, and ends as drift does", async () => {
  await world.sandbox.intervene("ovh", "close-flow", { service: "pcc-192-0-2-10", ip: "203.0.113.25", port: 587 });
  world.users["alerts"] = "another one";
  try {
    expect(await world.detect("--prove")).toMatchObject({ code: 2, verdict: "drift", summary: "1 missing, 1 broken" });
  } finally {
    world.users["alerts"] = PASSWORDS.SMTP_PASSWORD;
  }
}, 60_000);

it("a typo is told before anything is asked", async () => {
  const { code, err } = await world.outbound("--prove=sent");
  expect(code).toBe(1);
  expect(err).toMatch(/sent.*(probe|send)/s);
});
