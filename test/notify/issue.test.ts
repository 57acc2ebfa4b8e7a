import { renderProblem } from "../../lib/core/problem";
import { announce, type Announcement, type NotifyRuntime } from "../../lib/notify";
import { GITHUB_BOT, GITLAB_BOT, TOKEN } from "../forge/support/forge-server";
import { startIssues, type IssueServer, type ServedIssue } from "../forge/support/issue-server";
import { announcement, finding, hostile, runtime, UNSEEN } from "./support/telling";

// Against servers that answer as the two forges do.

let forge: IssueServer;
beforeEach(async () => {
  forge = await startIssues();
});
afterEach(() => forge.close());

const GITHUB = () => ({ GITHUB_API_URL: forge.url, GITHUB_REPOSITORY: "acme/alerts", GITHUB_TOKEN: TOKEN });
const GITLAB = () => ({ GITLAB_CI: "true", CI_API_V4_URL: forge.url, CI_PROJECT_ID: "7", GITLAB_TOKEN: TOKEN });

const failed = (summary = "1 object is missing") => announcement({ summary });
const ok = () => announcement({ state: "ok", exitCode: 0, summary: "in sync", findings: [] });
const unknown = () => announcement({ state: "unknown", exitCode: 1, summary: "vROps did not answer", findings: [] });

const openOnes = () => forge.issues.filter(({ isOpen }) => isOpen);
const writes = () => forge.asked.filter((line) => !line.startsWith("GET "));

describe.each([
  ["GitHub", GITHUB, GITHUB_BOT],
  ["GitLab", GITLAB, GITLAB_BOT],
] as const)("%s", (_, environment, bot) => {
  async function tell(of: Announcement, more: Partial<NotifyRuntime> = {}) {
    const [told] = await announce(of, [{ kind: "issue" }], runtime(environment(), more));
    expect(JSON.stringify(told)).not.toContain(TOKEN);
    return told!;
  }
  const existing = (number: number, more: Partial<ServedIssue> = {}): ServedIssue => ({
    number,
    author: bot,
    title: "Alert mail of production is not in order",
    body: "nothing of ours",
    isOpen: true,
    comments: [],
    ...more,
  });

  it("gets one issue, which is updated while it goes on, and closed with a comment when it is over", async () => {
    expect(await tell(failed("first"))).toEqual({ channel: "issue", sent: true });
    expect(await tell(failed("second"))).toEqual({ channel: "issue", sent: true });
    expect(forge.issues).toMatchObject([{ author: bot, isOpen: true, comments: [] }]);
    expect(forge.issues[0]!.body).toContain("Result: second");
    expect(forge.issues[0]!.body).not.toContain("first");
    expect(await tell(ok())).toEqual({ channel: "issue", sent: true });
    expect(forge.issues).toMatchObject([{ isOpen: false, comments: [expect.stringContaining("is in order again")] }]);
  });

  it("what happens again is a new issue", async () => {
    for (const one of [failed(), ok(), failed()]) await tell(one);
    expect(forge.issues.map(({ isOpen }) => isOpen)).toEqual([false, true]);
  });

  it("is not written to when all was in order before", async () => {
    const { sent, problem, reason } = await tell(ok());
    expect([sent, problem, reason]).toEqual([false, undefined, "all is in order, and no issue is open"]);
    expect(writes()).toEqual([]);
  });

  it("what could not be checked opens one as well, and closes none", async () => {
    expect(await tell(unknown())).toEqual({ channel: "issue", sent: true });
    await tell(failed());
    expect(await tell(unknown())).toEqual({ channel: "issue", sent: true });
    expect(forge.issues).toMatchObject([{ isOpen: true, comments: [] }]);
    expect(forge.issues[0]!.body).toContain("could not be checked");
    expect(forge.issues[0]!.body).toContain("vROps did not answer");
  });

  it("has an issue for each stack", async () => {
    await tell(failed());
    await tell({ ...failed(), stack: "production-2" });
    expect(openOnes()).toHaveLength(2);
    await tell(ok());
    expect(openOnes().map(({ title }) => title)).toEqual(["Alert mail of production-2 is not in order"]);
  });

  it("finds it behind hundreds of others", async () => {
    for (let number = 1; number <= 250; number++) forge.issues.push(existing(number));
    await tell(failed("first"));
    await tell(failed("second"));
    expect(forge.issues).toHaveLength(251);
    expect(forge.issues[250]!.body).toContain("second");
  });

  it("leaves alone what somebody else wrote: the same title, and even the same text", async () => {
    await tell(failed());
    const { body } = forge.issues.pop()!;
    const theirs = existing(1, { author: "mallory", body });
    const quoted = existing(2, { body: `> ${body}` });
    forge.issues.push(theirs, quoted);
    const before = JSON.stringify([theirs, quoted]);
    for (const one of [failed(), unknown(), ok()]) await tell(one);
    expect(JSON.stringify([theirs, quoted])).toBe(before);
    expect(forge.issues).toMatchObject([{}, {}, { author: bot, isOpen: false }]);
  });

  it("two runs at the same moment leave one open: that with the lower number", async () => {
    // Both have read the list before one of them writes.
    let both = () => undefined as void;
    const bothHaveRead = new Promise<void>((done) => (both = done));
    let readers = 0;
    forge.listed = async () => {
      if (++readers === 2) both();
      await bothHaveRead;
    };
    expect(await Promise.all([tell(failed()), tell(failed())])).toMatchObject([{ sent: true }, { sent: true }]);
    expect(forge.issues.map(({ number, isOpen }) => [number, isOpen])).toEqual([
      [1, true],
      [2, false],
    ]);
    expect(forge.issues[1]!.comments).toEqual([expect.stringContaining("#1")]);
  });

  it("doubles of earlier runs are closed by the next one", async () => {
    await tell(failed());
    forge.issues.push({ ...forge.issues[0]!, number: 2, comments: [] });
    await tell(failed("later"));
    expect(openOnes()).toMatchObject([{ number: 1, body: expect.stringContaining("later") }]);
  });

  it.each<[string, "lost" | number, number]>([
    ["was done", "lost", 1],
    ["was not done", 502, 2],
  ])(
    "whose answer to a new issue is lost: it looks whether it %s before it writes again",
    async (_, failure, posts) => {
      forge.fail("POST", failure);
      expect(await tell(failed())).toMatchObject({ sent: true });
      expect(forge.issues).toHaveLength(1);
      expect(writes()).toHaveLength(posts);
    },
  );

  it.each([
    [401, "forge/token-refused"],
    [403, "forge/no-right"],
    [404, "forge/not-found"],
    [410, "http/status-410"],
  ])("answers %d: %s", async (status, code) => {
    forge.fail("POST", status);
    const { sent, problem } = await tell(failed());
    expect([sent, problem!.code]).toEqual([false, code]);
    if (status === 403) expect(problem!.fix).toContain("issues: write");
  });

  it("closes what it would never find again, when it is written by another account than the token's", async () => {
    forge.writesAs = "alerts-app[bot]";
    const { sent, problem } = await tell(failed());
    expect([sent, problem!.code, problem!.got]).toEqual([false, "forge/other-author", "alerts-app[bot]"]);
    expect(openOnes()).toEqual([]);
    expect(await tell(failed(), { author: "alerts-app[bot]" })).toMatchObject({ sent: true });
    expect(await tell(failed(), { author: "alerts-app[bot]" })).toMatchObject({ sent: true });
    expect(openOnes()).toHaveLength(1);
  });

  it("that is silent is given up, as a whole", async () => {
    forge.fail("GET", "silent");
    const { sent, problem } = await tell(failed(), { timeoutMs: 50 });
    expect([sent, problem!.code]).toEqual([false, "notify/took-too-long"]);
  });

  it("ends at once when it is interrupted, and writes no more", async () => {
    const stop = new AbortController();
    forge.listed = async () => stop.abort(new Error("stopped by Ctrl-C"));
    const { sent, problem } = await tell(failed(), { signal: stop.signal });
    expect([sent, problem!.code]).toEqual([false, "http/aborted"]);
    expect(writes()).toEqual([]);
  });

  it("nothing that strangers wrote acts in it", async () => {
    await tell(hostile());
    await tell({ ...hostile(), state: "ok" });
    const { title, body, comments } = forge.issues[0]!;
    expect(comments).toHaveLength(1);
    for (const text of [title, body, ...comments]) expect(UNSEEN.exec(text)).toBeNull();
    // The marker is the only thing in angle brackets; in code nothing has a meaning.
    const withoutCode = body.replace(/^<!-- [\w/.%= ()!*'~-]+ -->\n/, "").replace(/ `[^`\n]+` /g, "");
    expect(title.length).toBeLessThan(255);
    for (const text of [withoutCode, ...comments]) {
      expect(text).not.toMatch(/[<>]/);
      // What GitLab would do.
      expect(text).not.toMatch(/^\s*\//m);
      expect(text).not.toMatch(/(^|[^\w.+-])@\w/);
      expect(text).not.toMatch(/(^|[^\\])\]\((?!https:\/\/github\.com\/acme)/);
    }
    expect(forge.issues).toHaveLength(1);
  });

  it("is made shorter when an installation allows less", async () => {
    forge.longest = 3_000;
    const findings = Array.from({ length: 100 }, (_, number) => finding({ path: `at.${number}` }));
    expect(await tell(announcement({ findings }))).toMatchObject({ sent: true });
    await tell(announcement({ findings }));
    expect(openOnes()).toHaveLength(1);
  });
});

it("says what is missing where no job is", async () => {
  const [told] = await announce(failed(), [{ kind: "issue" }], runtime({}));
  expect(renderProblem(told!.problem!)).toContain("(forge/not-in-a-pipeline)");
});
