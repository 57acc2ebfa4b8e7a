import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Mailbox, OutboundProvider, OvhVropsFlow, PostDeployTest, Receiver, Secret, SmtpServer } from "../../lib";
import { runCommandLine } from "../../lib/cli/program";
import { App, LocalBackend, TerraformStack } from "../../lib/constructs/cdktf";
import { systemClock, type Clock } from "../../lib/core/clock";
import { Authority, startMailServer, type MailServer, type SmtpRefusal } from "../../lib/mail/server";
import type { ChainProof } from "../../lib/proof/proof";
import type { Detection } from "../../lib/reconcile/detection";
import { startSandbox, type Sandbox } from "../../lib/sandbox";
import { asPublished } from "../schemas/support/document";
import { DeliveringInbox } from "../support/delivering-inbox";
import { startIssues, type IssueServer } from "../forge/support/issue-server";
import { TOKEN } from "../forge/support/forge-server";
import { answers, startHook, type HookServer } from "../notify/support/hook-server";
import { startNameServer, type NameServer, type ZoneEntry } from "../support/name-server";
import { startScriptedImap, type ScriptedImap } from "../support/scripted-imap";
import { runTerraform } from "./support/run-terraform";

const STACK = "alerts";
const PASSWORDS = {
  SMTP_PASSWORD: "a password for sending",
  IMAP_PASSWORD: "a password for reading",
  SECOND_PASSWORD: "a password for the second",
  LEAD_IMAP_PASSWORD: "another password for reading",
};
const DAY_MS = 86_400_000;

/** A deployed chain whose mail dies afterwards, in one way after the other. */
class World {
  readonly inbox = new DeliveringInbox();
  /** The relay's, which somebody may change. */
  readonly users: Record<string, string> = { alerts: PASSWORDS.SMTP_PASSWORD };
  /** What the relay says in place of its consent. */
  refusals: { login?: SmtpRefusal; receiver?: SmtpRefusal; message?: SmtpRefusal } = {};
  /** Takes mail at any time; the first one's troubles are not its own. */
  second!: MailServer;
  /** Where somebody is told, besides by mail: variables for --notify. */
  extra: Readonly<Record<string, string>> = {};
  /** As the environment of the check has them. */
  passwords: Readonly<Record<string, string>> = PASSWORDS;
  clock: Clock = systemClock;
  /** Called when somebody connects to the relay. */
  connected: (() => void) | undefined;
  private interruption = new AbortController();
  sandbox!: Sandbox;
  smtp!: MailServer;
  imap!: ScriptedImap;
  leadImap!: ScriptedImap;
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
    const authority = Authority.create();
    const hosts = ["127.0.0.1"];
    const issued = authority.issue({ name: "smtp.example.com", hosts, notAfter: Date.now() + 60 * DAY_MS });
    this.smtp = await startMailServer({
      mode: "starttls",
      // It runs out before that of the second relay.
      certificate: { ...issued, ca: authority.pem },
      users,
      inbox,
      hooks: {
        connect: () => {
          this.connected?.();
          return undefined;
        },
        login: () => this.refusals.login,
        receiver: () => this.refusals.receiver,
        message: () => this.refusals.message,
      },
    });
    this.imap = await startScriptedImap({ user: "oncall", password: PASSWORDS.IMAP_PASSWORD }, { implicitTls: true });
    const leads = { user: "lead", password: PASSWORDS.LEAD_IMAP_PASSWORD };
    this.leadImap = await startScriptedImap(leads, { implicitTls: true });
    inbox.folders.set("oncall@example.com", this.imap.inbox).set("lead@example.com", this.leadImap.inbox);
    this.names = await startNameServer(this.zone);
    this.second = await startMailServer({ mode: "starttls", users: { alerts: PASSWORDS.SECOND_PASSWORD } });
    this.synthesise();
    await this.terraform("init", "-input=false");
    await this.terraform("apply", "-auto-approve", "-input=false");
  }

  async close(): Promise<void> {
    rmSync(this.project, { recursive: true, force: true });
    const { smtp, second, imap, leadImap, names, sandbox } = this;
    await Promise.all([smtp, second, imap, leadImap, names, sandbox].map((one) => one.close()));
  }

  /** Whatever somebody has broken is put right. */
  heal(): void {
    this.users["alerts"] = PASSWORDS.SMTP_PASSWORD;
    this.refusals = {};
    this.clock = systemClock;
    this.sandbox.faults.clear();
    this.connected = undefined;
    this.interruption = new AbortController();
  }

  /** Ctrl-C. */
  interrupt(): void {
    this.interruption.abort(new Error("stopped by Ctrl-C"));
  }

  outbound(...args: string[]) {
    return this.run("reconcile", ...args);
  }

  async run(...args: string[]) {
    const [out, err]: string[][] = [[], []];
    const code = await runCommandLine(args, {
      out: (line) => out!.push(line),
      err: (line) => err!.push(line),
      environment: this.environment(),
      homeDirectory: this.project,
      workingDirectory: this.project,
      nodeVersion: process.versions.node,
      platform: process.platform,
      clock: this.clock,
      interrupted: this.interruption.signal,
    });
    return { code, out: out!.join("\n"), err: err!.join("\n") };
  }

  async detect(...args: string[]): Promise<Detection & { code: number; chain: ChainProof }> {
    const { code, out, err } = await this.outbound("--format", "json", ...args);
    if (!out.startsWith("{")) throw new Error(err);
    const leaked = Object.values(PASSWORDS).filter((secret) => out.includes(secret));
    if (leaked.length > 0) throw new Error(`A password stands in the detection: ${out}`);
    const detection = asPublished("detection", out) as unknown as Detection;
    return { code, ...detection, chain: detection.proof?.chains.find(({ address }) => address === TEST) as ChainProof };
  }

  private environment() {
    return { PATH: process.env["PATH"] ?? "", ...this.sandbox.environment(), ...this.passwords, ...this.extra };
  }

  private terraform(...args: string[]) {
    return runTerraform(args, join(this.project, "cdktf.out/stacks", STACK), this.environment());
  }

  private synthesise(): void {
    const file = (name: string) => join(this.project, `${name}-ca.pem`);
    const files = { smtp: file("smtp"), second: file("second"), imap: file("imap") };
    writeFileSync(files.second, this.second.ca);
    writeFileSync(files.smtp, this.smtp.ca);
    writeFileSync(files.imap, this.imap.ca);
    const app = new App({ outdir: join(this.project, "cdktf.out") });
    const stack = new TerraformStack(app, STACK);
    new LocalBackend(stack, { path: join(this.project, "terraform.tfstate") });
    new OutboundProvider(stack, "outbound", { embedNullProvider: true });
    new OvhVropsFlow(stack, "flow", { serviceName: "pcc-192-0-2-10", ip: "203.0.113.25", port: 587 });
    const [oncall, lead] = [Receiver.email("oncall@example.com"), Receiver.email("lead@example.com")];
    const mailbox = (receiver: Receiver, user: "oncall" | "lead", variable: string) =>
      Mailbox.imap("127.0.0.1", {
        user,
        password: Secret.environment(variable),
        port: (user === "oncall" ? this.imap : this.leadImap).port,
        receiver,
        waitSeconds: 5,
        caCertificate: files.imap,
      });
    new PostDeployTest(stack, "test", {
      server: SmtpServer.startTls(this.smtp.host, {
        port: this.smtp.port,
        login: { user: "alerts", password: Secret.environment("SMTP_PASSWORD") },
        sender: { address: "alerts@example.com" },
        caCertificate: files.smtp,
      }),
      receivers: [oncall, lead, Receiver.email("boss@example.com")],
      arrival: [mailbox(oncall, "oncall", "IMAP_PASSWORD"), mailbox(lead, "lead", "LEAD_IMAP_PASSWORD")],
      dnsServers: [this.names.address],
      timeoutSeconds: 30,
    });
    new PostDeployTest(stack, "second", {
      server: SmtpServer.startTls(this.second.host, {
        port: this.second.port,
        login: { user: "alerts", password: Secret.environment("SECOND_PASSWORD") },
        sender: { address: "alerts@example.net" },
        caCertificate: files.second,
      }),
      receivers: [oncall],
      fallback: true,
      dnsServers: [this.names.address],
    });
    app.synth();
  }
}

/** A real local server for each way of telling. */
class Listeners {
  readonly options = ["webhook=HOOK", "slack=SLACK", "teams=TEAMS", "heartbeat=HEART", "issue", "mail"].flatMap(
    (way) => ["--notify", way],
  );

  private constructor(
    readonly webhook: HookServer,
    private readonly slack: HookServer,
    private readonly teams: HookServer,
    readonly heartbeat: HookServer,
    private readonly forge: IssueServer,
  ) {}

  static async start(): Promise<Listeners> {
    return new Listeners(
      await startHook(answers(204)),
      await startHook(answers(200, "ok")),
      await startHook(answers(202)),
      await startHook(answers(200, "OK")),
      await startIssues(),
    );
  }

  get environment(): Readonly<Record<string, string>> {
    return {
      HOOK: `${this.webhook.url}/a-secret-of-the-hook`,
      SLACK: `${this.slack.url}/services/T000/B000/a-secret-of-slack`,
      TEAMS: `${this.teams.url}/workflows/a-secret-of-teams`,
      HEART: `${this.heartbeat.url}/ping/a-secret-of-the-heartbeat`,
      GITHUB_API_URL: this.forge.url,
      GITHUB_REPOSITORY: "acme/alerts",
      GITHUB_TOKEN: TOKEN,
    };
  }

  get counts(): readonly number[] {
    return [this.webhook, this.slack, this.teams, this.heartbeat].map(({ received }) => received.length);
  }

  /** What the last call of each but the heartbeat brought, and the issue. */
  get bodies(): readonly { readonly body: string }[] {
    const calls = [this.webhook, this.slack, this.teams].map(({ received }) => received.at(-1)!);
    return [...calls, this.forge.issues.at(-1)!];
  }

  get openIssues(): number {
    return this.forge.issues.filter(({ isOpen }) => isOpen).length;
  }

  async close(): Promise<void> {
    await Promise.all([this.webhook, this.slack, this.teams, this.heartbeat, this.forge].map((one) => one.close()));
  }
}

const TEST = "outbound_test_email.test";
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
  expect(out).toContain("alerts: in sync (3 in sync)");
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
    { address: "boss@example.com", status: "accepted" },
    { address: "lead@example.com", status: "arrived" },
    { address: "oncall@example.com", status: "arrived" },
  ]);
  expect(chain.arrivedAfterMs).toBeGreaterThanOrEqual(0);
  expect(new Set(chain.certificates.map(({ server }) => server))).toEqual(
    new Set([world.smtp, world.imap, world.leadImap].map(({ port }) => `127.0.0.1:${port}`)),
  );
}, 60_000);

interface Death {
  readonly what: string;
  readonly die: () => void;
  readonly args?: readonly string[];
  readonly code: number;
  readonly state: "failed" | "unknown";
  /** In what is told. */
  readonly says: RegExp;
}

const FULL = { code: 552, text: "5.2.2 <oncall@example.com>: user is over quota" };

const deaths: readonly Death[] = [
  {
    what: "a rotated password",
    die: () => void (world.users["alerts"] = "another one"),
    code: 4,
    state: "failed",
    says: /AUTH.*535/,
  },
  {
    what: "a certificate that has run out",
    die: () => void (world.clock = { ...systemClock, now: () => Date.now() + 90 * DAY_MS }),
    code: 4,
    state: "failed",
    says: /TLS.*expired/,
  },
  {
    what: "a full mailbox, as the relay says for the receiver",
    die: () => void (world.refusals = { receiver: FULL }),
    code: 4,
    state: "failed",
    says: /refused for .*oncall@example\.com/,
  },
  {
    what: "a full mailbox, as the relay says of the message",
    die: () => void (world.refusals = { message: FULL }),
    args: ["--prove=send"],
    code: 4,
    state: "failed",
    says: /over quota/,
  },
  {
    what: "a login mechanism that is retired",
    die: () =>
      void (world.refusals = {
        login: { code: 535, text: "5.7.139 Authentication unsuccessful, basic authentication is disabled." },
      }),
    code: 4,
    state: "failed",
    says: /basic authentication/i,
  },
  {
    what: "a revoked OVHcloud login: nobody can tell, and the mail is walked all the same",
    die: () =>
      void world.sandbox.faults.add({
        system: "ovh",
        path: "/**",
        effect: { kind: "status", status: 403 },
        times: "always",
      }),
    code: 1,
    state: "unknown",
    says: /OVHcloud|flow/,
  },
];

it.each(deaths)(
  "$what is found, told by every way, and gone after the repair",
  async (death) => {
    const { die, args = ["--prove"], code, state, says } = death;
    const told = await Listeners.start();
    const before = world.second.inbox.messages.length;
    const check = () => world.outbound(...args, ...told.options);
    world.extra = told.environment;
    try {
      expect(await check()).toMatchObject({ code: 0, err: "" });
      expect(told.counts).toEqual([0, 0, 0, 1]);

      die();
      const found = await check();
      expect([found.code, found.err]).toEqual([code, ""]);
      expect(found.out).toMatch(says);
      expect(told.counts).toEqual([1, 1, 1, 2]);
      expect(JSON.parse(told.webhook.received[0]!.body)).toMatchObject({ stack: STACK, state, exitCode: code });
      for (const { body } of told.bodies) {
        expect(body).toMatch(says);
        expect(body).not.toContain("a password for");
      }
      expect(told.heartbeat.received[1]!.url).toMatch(new RegExp(`/a-secret-of-the-heartbeat/${code}$`));
      expect(told.openIssues).toBe(1);
      const mails = world.second.inbox.messages.slice(before).filter(({ subject }) => !subject.startsWith("[TEST]"));
      expect(mails.map(({ to, text }) => [to, says.test(text.replace(/\s+/g, " "))])).toEqual([
        [["oncall@example.com"], true],
      ]);
      expect(found.out).not.toContain("a-secret-of");

      world.heal();
      expect(await check()).toMatchObject({ code: 0, err: "" });
      expect(told.counts).toEqual([1, 1, 1, 3]);
      expect(told.openIssues).toBe(0);
    } finally {
      world.heal();
      world.extra = {};
      await told.close();
    }
  },
  120_000,
);

it("shows the stage, and says that the configuration is in order", async () => {
  world.users["alerts"] = "another one";
  try {
    const detection = await world.detect("--prove");
    expect(detection).toMatchObject({ code: 4, verdict: "broken", summary: "1 broken, 2 in sync" });
    expect(broken(detection)).toMatchObject([{ address: TEST }]);
    expect(failedStage(detection.chain)).toBe("AUTH");
    const { out } = await world.outbound("--prove");
    expect(out).toContain("alerts: as declared, but mail does not get through (1 broken, 2 in sync)");
  } finally {
    world.heal();
  }
}, 60_000);

it("a mail that never arrives at one of them though the relay takes it", async () => {
  world.inbox.folders.delete("lead@example.com");
  try {
    const detection = await world.detect("--prove=send");
    expect(detection).toMatchObject({ code: 4, verdict: "broken" });
    expect(failedStage(detection.chain)).toBe("arrival");
    expect(detection.chain.receivers.map(({ status }) => status)).toEqual(["accepted", "accepted", "arrived"]);
    expect(detection.chain.verdict).toMatch(/not seen in the mailbox of lead@example\.com/);
  } finally {
    world.inbox.folders.set("lead@example.com", world.leadImap.inbox);
  }
}, 90_000);

it("a password that the check has not got is unknown, by the name of its variable", async () => {
  world.passwords = { ...PASSWORDS, LEAD_IMAP_PASSWORD: "" };
  try {
    const detection = await world.detect("--prove=send");
    expect(detection).toMatchObject({ code: 1, verdict: "unknown", chain: { state: "unknown" } });
    expect(detection.chain.verdict).toContain("LEAD_IMAP_PASSWORD");
  } finally {
    world.passwords = PASSWORDS;
  }
}, 60_000);

it("tells what ends, and fails when it is near: a certificate, by a calendar too", async () => {
  const now = await world.outbound("--horizon", "30d", "--ics", "ends.ics", "--json", "proved.json");
  expect(now.out).toMatch(/certificate CN=\S+ of 127\.0\.0\.1:\d+ ends in \d+ days, on 20\d\d-/);
  expect(now.out).toContain("login to OVHcloud API: its end is not known");
  expect(now.code).toBe(0);
  // The mailbox's server is looked at too, without a login.
  expect(now.out).toContain(`certificate CN=127.0.0.1 of 127.0.0.1:${world.imap.port} ends in`);
  const calendar = readFileSync(join(world.project, "ends.ics"), "utf8");
  expect(calendar.match(/BEGIN:VEVENT/g)!.length).toBeGreaterThan(0);

  const far = await world.detect("--horizon", "90d");
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

it("a watch holds each round against the one before", async () => {
  const { ["example.com"]: spf } = world.zone;
  world.clock = {
    ...systemClock,
    sleep: async (ms, signal) => {
      if (ms < DAY_MS) return systemClock.sleep(ms, signal);
      // Between two rounds somebody takes the record away.
      delete world.zone["example.com"];
    },
  };
  try {
    const { code, out } = await world.run("watch", "--every", "6d", "--rounds", "2", "--no-history", "--horizon");
    expect(out).toMatch(/in sync[^]*all is well, but something ends soon[^]*! SPF at example\.com is gone/);
    expect(code).toBe(5);
  } finally {
    world.heal();
    world.zone["example.com"] = spf!;
  }
}, 90_000);

it("does not tell through the second relay when that one is broken as well", async () => {
  world.users["alerts"] = "another one";
  const { SECOND_PASSWORD } = PASSWORDS;
  world.passwords = { ...PASSWORDS, SECOND_PASSWORD: "wrong" };
  try {
    const { code, err } = await world.outbound("--prove", "--notify", "mail");
    expect(code).toBe(4);
    expect(err).toContain("cli/fallback-broken");
    expect(err).not.toContain(SECOND_PASSWORD);
  } finally {
    world.users["alerts"] = PASSWORDS.SMTP_PASSWORD;
    world.passwords = PASSWORDS;
  }
}, 60_000);

it("obeys Ctrl-C in the middle of a walk, and tells nobody of a check that was stopped", async () => {
  const told = await Listeners.start();
  world.extra = told.environment;
  world.connected = () => world.interrupt();
  try {
    const { code, err } = await world.outbound("--prove", ...told.options);
    expect([code, err]).toEqual([130, "Stopped."]);
    expect([told.counts, told.openIssues]).toEqual([[0, 0, 0, 0], 0]);
  } finally {
    world.heal();
    world.extra = {};
    await told.close();
  }
}, 60_000);

it("writes numbers", async () => {
  expect((await world.outbound("--prove", "--metrics", "alerts.prom")).code).toBe(0);
  const text = readFileSync(join(world.project, "alerts.prom"), "utf8");
  expect(text).toContain('outbound_verdict{stack="alerts",verdict="in-sync"} 1');
  expect(text).toMatch(
    /outbound_mail_gets_through\{stack="alerts",address="outbound_test_email.test",how="probe",server="127.0.0.1:\d+"\} 1/,
  );
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
    expect(await world.detect("--prove")).toMatchObject({
      code: 2,
      verdict: "drift",
      summary: "1 missing, 1 broken, 1 in sync",
    });
  } finally {
    world.users["alerts"] = PASSWORDS.SMTP_PASSWORD;
  }
}, 60_000);

it("a typo is told before anything is asked", async () => {
  const { code, err } = await world.outbound("--prove=sent");
  expect(code).toBe(1);
  expect(err).toMatch(/sent.*(probe|send)/s);
});
