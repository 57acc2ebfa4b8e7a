import { join } from "node:path";
import { runTest } from "../../lib/mail/diagnosis/run-test";
import { type TestOutcome } from "../../lib/mail/diagnosis/outcome";
import { meddle, MOMENTS, type Mischief, type Moment } from "./meddler";
import { expectOpinions, type Opinions } from "./second-opinion";
import { describeWithServers, runtime, target, watch } from "./servers";
import { askSwaks, type SwaksOpinion } from "./swaks";
import { servers } from "./where";

/** Long enough for a healthy server under load, short enough to wait for. */
const TIMEOUT_MS = 12_000;

interface Expected {
  readonly code: string | undefined;
  readonly opinions: Opinions;
}

/** What is to come of each moment at which somebody meddles with the replies of a healthy server. */
type Table = Readonly<Partial<Record<Moment, Expected>>>;

const seen = (code: string | undefined, ours: string, swaks = ours, because?: string): Expected => ({
  code,
  opinions: { ours, swaks, ...(because === undefined ? {} : { because }) },
});

/** Where the fault of each moment shows. */
const STAGE: Readonly<Record<Moment, string>> = {
  banner: "banner",
  EHLO: "EHLO",
  STARTTLS: "TLS",
  TLS: "TLS",
  "EHLO over TLS": "EHLO over TLS",
  AUTH: "AUTH",
  MAIL: "MAIL",
  RCPT: "RCPT",
  DATA: "DATA",
  message: "DATA",
};

/** The same of all these moments, as both see it. */
function everywhere(code: string, moments: readonly Moment[] = MOMENTS): Table {
  return Object.fromEntries(moments.map((moment) => [moment, seen(code, STAGE[moment])]));
}

const SILENT: Table = {
  ...everywhere("no-reply"),
  banner: seen("no-banner", "banner"),
  TLS: seen("no-reply", "TLS", "hangs", "swaks' time-out is not for handshakes: it waits for ever"),
  message: seen("effect-unknown", "DATA"),
};

/** Where the way in which a connection ends tells nothing, and the place does. */
const TURNED_AWAY: Table = {
  banner: seen("connection-closed-before-banner", "banner"),
  AUTH: seen("login-connection-closed", "AUTH"),
  message: seen("effect-unknown", "DATA"),
};

const CLOSED: Table = { ...everywhere("connection-closed"), ...TURNED_AWAY };

const RESET: Table = {
  ...everywhere("connection-broken"),
  ...TURNED_AWAY,
  // In the middle of a handshake, refusing to go on looks no different.
  TLS: seen("connection-closed", "TLS"),
};

/** Replies that are read in a dialogue of our own. */
const READ: readonly Moment[] = ["banner", "EHLO", "STARTTLS", "EHLO over TLS", "AUTH"];
const ENDLESS: Table = Object.fromEntries(
  READ.map((moment) => [
    moment,
    seen("protocol-violation", STAGE[moment], "none", "swaks reads lines and replies of any length"),
  ]),
);

const WITH_NUL: Table = Object.fromEntries(
  MOMENTS.filter((moment) => moment !== "TLS").map((moment) => [moment, seen(undefined, "none")]),
);

const INJECTED: Table = {
  STARTTLS: seen(
    "starttls-injection",
    "TLS",
    "AUTH",
    "swaks takes the injected line for the encrypted server's answer, and logs in by the mechanism that it names",
  ),
};

const inFirstLine = (text: string) => (reply: string) => reply.replace(/^(\d{3}[ -])/, `$1${text}`);

const MISCHIEF: readonly (readonly [title: string, mischief: Mischief, table: Table])[] = [
  ["says nothing", { kind: "silence" }, SILENT],
  ["hangs up", { kind: "hang up" }, CLOSED],
  ["has its connection reset", { kind: "reset" }, RESET],
  ["says a NUL", { kind: "rewrite", reply: inFirstLine("\0") }, WITH_NUL],
  ["says a line of a megabyte", { kind: "rewrite", reply: inFirstLine("x".repeat(1 << 20)) }, ENDLESS],
  [
    "says a thousand lines",
    { kind: "rewrite", reply: (reply) => `${reply.slice(0, 3)}-more\r\n`.repeat(1_000) + reply },
    ENDLESS,
  ],
  ["is spoken for in plain text", { kind: "rewrite", reply: (reply) => `${reply}250 AUTH PLAIN\r\n` }, INJECTED],
];

interface Result {
  readonly outcome: TestOutcome;
  readonly swaks: SwaksOpinion;
}

async function diagnose(moment: Moment, mischief: Mischief): Promise<Result> {
  const { folder, smtp } = servers();
  // A reset may overtake replies that were sent before it; so none are under way.
  const upstream = mischief.kind === "reset" ? smtp.unpipelined : smtp.submission;
  const meddler = await meddle(upstream, join(folder, "good.pem"), moment, mischief);
  try {
    const to = target(meddler.port, { timeoutMs: TIMEOUT_MS });
    const request = { target: to, subject: moment, via: [] };
    const [outcome, swaks] = await Promise.all([
      runTest(request, runtime(), watch),
      askSwaks(to, { send: true, more: ["--auth", "PLAIN"] }),
    ]);
    return { outcome, swaks };
  } finally {
    await meddler.close();
  }
}

describeWithServers("a server that", () => {
  describe.each(MISCHIEF)("%s", (_, mischief, table) => {
    const moments = MOMENTS.filter((moment) => table[moment] !== undefined);
    const results = new Map<Moment, Promise<Result>>();
    // All at once: most of them wait.
    beforeAll(async () => {
      for (const moment of moments) results.set(moment, diagnose(moment, mischief));
      await Promise.all(results.values());
    }, 60_000);

    test.each(moments)("at %s", async (moment) => {
      const { code, opinions } = table[moment]!;
      const { outcome, swaks } = await results.get(moment)!;
      expectOpinions(opinions, outcome.stages, swaks);
      const failed = outcome.stages.find((stage) => stage.status === "failed");
      expect(failed?.problem?.code).toBe(code === undefined ? undefined : `mail/${code}`);
      expect(JSON.stringify(outcome)).not.toMatch(/\\u0000|\x00|x{300}/);
    });
  });

  test("takes its time at every stage is waited for, and shows where the time went", async () => {
    const SLOW_MS = 250;
    const outcomes = await Promise.all(MOMENTS.map((moment) => diagnose(moment, { kind: "delay", ms: SLOW_MS })));
    expect(outcomes.map(({ outcome }) => outcome.ok)).toEqual(MOMENTS.map(() => true));
    const slow = MOMENTS.map((moment, index) =>
      outcomes[index]!.outcome.stages.find(({ name }) => name.split(" oncall")[0] === STAGE[moment])!,
    );
    // Each counts from when the reply before it was read, which may be late.
    expect(slow.filter(({ durationMs }) => durationMs < SLOW_MS / 2)).toEqual([]);
  });
});
