import { renderProblem } from "../../lib/core/problem";
import { announce, type NotificationChannel } from "../../lib/notify";
import { answers, loginPage, silence, startHook, type Answer, type HookServer } from "./support/hook-server";
import { announcement, finding, hostile, runtime, UNSEEN } from "./support/telling";

// Every way with a URL, against servers that answer as such services do, or as something in between does.

const servers: HookServer[] = [];
afterEach(() => Promise.all(servers.splice(0).map((server) => server.close())));
async function hook(...given: Answer[]): Promise<HookServer> {
  const server = await startHook(...given);
  servers.push(server);
  return server;
}

/** As secret as that of Slack: who knows it can write. */
const SECRET = "/services/T00000000/B00000000/XXXXXXXXXXXXXXXXXXXXXXXX";
const KEY = "sig-0123456789abcdef";
const urlAt = ({ url }: Pick<HookServer, "url">) => `${url}${SECRET}?sig=${KEY}`;

const way = (kind: "webhook" | "slack" | "teams" | "heartbeat"): NotificationChannel => ({ kind, variable: "HOOK" });
const TAKEN = {
  webhook: answers(204),
  slack: answers(200, "ok"),
  teams: answers(202),
  heartbeat: answers(200, "OK"),
} as const;
const kinds = Object.keys(TAKEN) as (keyof typeof TAKEN)[];

async function tell(
  kind: keyof typeof TAKEN,
  server: Pick<HookServer, "url">,
  more: Parameters<typeof runtime>[1] = {},
) {
  const [told] = await announce(announcement(), [way(kind)], runtime({ HOOK: urlAt(server) }, more));
  // Nothing of the URL but its host is in what is said about it.
  const said = JSON.stringify(told) + (told!.problem === undefined ? "" : renderProblem(told!.problem));
  for (const secret of [SECRET, KEY, "T00000000", "XXXXXXXXXXXX"]) expect(said).not.toContain(secret);
  return told!;
}

describe.each(kinds)("%s", (kind) => {
  it("tells", async () => {
    const server = await hook(TAKEN[kind]);
    expect(await tell(kind, server)).toEqual({ channel: `${kind}=HOOK`, sent: true });
    expect(server.received).toHaveLength(1);
  });

  it.each([
    [400, "invalid_payload"],
    [403, "action_prohibited"],
    [404, "no_service"],
    [410, "channel_is_archived"],
  ])("that answers %d has told nobody", async (status, text) => {
    const server = await hook(answers(status, text));
    const { sent, problem } = await tell(kind, server);
    expect([sent, problem!.code, problem!.got]).toEqual([false, "notify/refused", `the answer ${status}`]);
    expect(problem!.evidence).toContain(text);
    expect(server.received).toHaveLength(1);
  });

  it("behind a login page has told nobody, though its status is 200", async () => {
    const { sent, problem } = await tell(kind, await hook(loginPage));
    expect([sent, problem!.code]).toEqual([false, "notify/not-confirmed"]);
    expect(problem!.fix).toContain("login");
  });

  it("that leads elsewhere is not followed there", async () => {
    const elsewhere = await hook(TAKEN[kind]);
    const server = await hook(answers(302, "", { location: `${elsewhere.url}/login?back=${SECRET}` }));
    const { sent, problem } = await tell(kind, server);
    expect([sent, problem!.code]).toEqual([false, "notify/refused"]);
    expect(problem!.evidence).toContain(elsewhere.url);
    expect(elsewhere.received).toEqual([]);
  });

  it("that is silent is given up, and asked once more only where that tells nobody twice", async () => {
    const server = await hook(silence);
    const { sent, problem } = await tell(kind, server, { timeoutMs: 200 });
    expect([sent, problem!.code]).toEqual([false, "notify/no-answer"]);
    expect(server.received).toHaveLength(kind === "heartbeat" ? 2 : 1);
  });

  it("at which nobody listens is asked once more", async () => {
    const server = await hook(silence);
    await server.close();
    const { sent, problem } = await tell(kind, server);
    expect([sent, problem!.evidence]).toEqual([false, expect.stringContaining("attempt 2 of 2")]);
  });

  it("ends at once when it is interrupted", async () => {
    const server = await hook(silence);
    const stop = new AbortController();
    const telling = tell(kind, server, { signal: stop.signal });
    await server.next();
    stop.abort(new Error("stopped by Ctrl-C"));
    expect(await telling).toMatchObject({ sent: false, problem: { code: "notify/no-answer" } });
  });
});

it.each([
  ["slack", answers(200, "")],
  ["slack", answers(200, '{"ok":true}')],
  ["teams", answers(200, "")],
  ["teams", answers(200, "Webhook message delivery failed with error: HTTP error 429")],
  ["heartbeat", answers(200, "OK (not found)")],
  ["heartbeat", answers(200, "OK (rate limited)")],
] as const)("%s is not believed by a status of success alone", async (kind, answer) => {
  expect(await tell(kind, await hook(answer))).toMatchObject({
    sent: false,
    problem: { code: "notify/not-confirmed" },
  });
});

it("asks later, and once, when it was too often", async () => {
  const server = await hook(answers(429, "", { "retry-after": "1" }), answers(200, "ok"));
  expect(await tell("slack", server)).toMatchObject({ sent: true });
  expect(server.received).toHaveLength(2);
});

it("an answer that never ends is none", async () => {
  const endless: Answer = (response) => void response.writeHead(200).write("o");
  const { sent, problem } = await tell("slack", await hook(endless), { timeoutMs: 50 });
  expect([sent, problem!.code]).toEqual([false, "notify/no-answer"]);
});

describe("several ways", () => {
  it("are told each, whatever becomes of the others, and in the order given", async () => {
    const [good, bad] = [await hook(answers(200, "ok")), await hook(answers(500))];
    const ways: NotificationChannel[] = [
      { kind: "webhook", variable: "BAD" },
      { kind: "issue" },
      { kind: "slack", variable: "GOOD" },
      { kind: "teams", variable: "MISSING" },
      { kind: "heartbeat", variable: "BROKEN" },
    ];
    const environment = { BAD: urlAt(bad), GOOD: urlAt(good), BROKEN: "hc-ping.example/secret-0" };
    const told = await announce(announcement(), ways, runtime(environment));
    expect(JSON.stringify(told)).not.toContain("secret-0");
    expect(told.map(({ channel, sent, problem }) => [channel, sent, problem?.code])).toEqual([
      ["webhook=BAD", false, "notify/refused"],
      ["issue", false, "forge/not-in-a-pipeline"],
      ["slack=GOOD", true, undefined],
      ["teams=MISSING", false, "notify/variable-missing"],
      ["heartbeat=BROKEN", false, "notify/unusable-url"],
    ]);
  });

  it("do not tell each other's URLs, which a finding may quote", async () => {
    const server = await hook(answers(200, "ok"));
    const other = `${(await hook(answers(200, "OK"))).url}/services/T9/B9/YYYYYYYYYYYYYYYYYYYYYYYY`;
    const quoting = announcement({ summary: `could not reach ${other}`, findings: [finding({ summary: other })] });
    await announce(quoting, [way("slack")], runtime({ HOOK: urlAt(server) }));
    expect(server.received[0]!.body).toContain("YYYY");
    const ways: NotificationChannel[] = [way("slack"), { kind: "heartbeat", variable: "OTHER" }];
    await announce(quoting, ways, runtime({ HOOK: urlAt(server), OTHER: other }));
    expect(server.received[1]!.body).not.toContain("YYYY");
  });
});

describe("when all is in order", () => {
  const fine = announcement({ state: "ok", exitCode: 0, findings: [] });

  it.each(["webhook", "slack", "teams"] as const)("%s is not told, unless asked for", async (kind) => {
    const server = await hook(TAKEN[kind]);
    const environment = { HOOK: urlAt(server) };
    const [quiet] = await announce(fine, [way(kind)], runtime(environment));
    expect(quiet).toEqual({ channel: `${kind}=HOOK`, sent: false, reason: expect.stringContaining("--notify-ok") });
    expect(server.received).toEqual([]);
    expect(await announce(fine, [way(kind)], runtime(environment, { announceOk: true }))).toMatchObject([
      { sent: true },
    ]);
  });

  it("a heartbeat is pinged", async () => {
    const server = await hook(answers(200, "OK"));
    expect(await announce(fine, [way("heartbeat")], runtime({ HOOK: urlAt(server) }))).toMatchObject([{ sent: true }]);
    expect(server.received).toMatchObject([{ method: "GET", url: `${SECRET}?sig=${KEY}` }]);
  });
});

it.each(["webhook", "slack", "teams"] as const)("nothing that strangers wrote acts in %s", async (kind) => {
  const server = await hook(TAKEN[kind]);
  await announce(hostile(), [way(kind)], runtime({ HOOK: urlAt(server) }));
  const { body } = server.received[0]!;
  expect(UNSEEN.exec(body)).toBeNull();
  expect(body).not.toMatch(/##\w*\[/);
  expect(body).toContain("⟨U+202E⟩");
  for (const text of textsIn(JSON.parse(body))) expect(UNSEEN.exec(text)).toBeNull();
});

function textsIn(value: unknown): string[] {
  if (typeof value === "string") return [value];
  return typeof value === "object" && value !== null ? Object.values(value).flatMap(textsIn) : [];
}
