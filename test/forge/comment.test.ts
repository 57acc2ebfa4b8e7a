import { renderHeader } from "../../lib/review";
import { Place } from "../cli/mail/run-outbound";
import type { Failure } from "./support/forge-api";
import { GITHUB_BOT, GITLAB_BOT, NUMBER, startForge, TOKEN, type ForgeServer } from "./support/forge-server";

// The command as a job runs it, against servers that answer as the two forges do.

let forge: ForgeServer;
let place: Place;
beforeEach(async () => {
  forge = await startForge();
  place = new Place();
});
afterEach(() => forge.close());

const GITHUB = () => ({
  GITHUB_API_URL: forge.url,
  GITHUB_SERVER_URL: "https://github.com",
  GITHUB_REPOSITORY: "acme/alerts",
  GITHUB_REF: `refs/pull/${NUMBER}/merge`,
  GITHUB_RUN_ID: "99",
  GITHUB_TOKEN: TOKEN,
});
const GITLAB = () => ({
  GITLAB_CI: "true",
  CI_API_V4_URL: forge.url,
  CI_PROJECT_ID: "7",
  CI_MERGE_REQUEST_IID: String(NUMBER),
  CI_JOB_URL: "https://gitlab.example.com/acme/alerts/-/jobs/5",
  GITLAB_TOKEN: TOKEN,
});
const both = [
  ["GitHub", GITHUB, GITHUB_BOT],
  ["GitLab", GITLAB, GITLAB_BOT],
] as const;

const hash = `sha256:${"0".repeat(64)}`;
type Status = "in-order" | "no-changes";
const header = (stack = "prod", status: Status = "in-order") =>
  renderHeader({ stack, hash, truncated: false, status, commit: null, uncommitted: false, boundTo: "stack" });
const review = (text = "all is well", stack = "prod", status: Status = "in-order") =>
  `${header(stack, status)}\n\n## ${stack}\n\n${text}\n`;

function comment(environment: Record<string, string>, ...options: string[]) {
  place.environment = environment;
  return place.run(["comment", "review.md", ...options]);
}
const writes = () => forge.asked.filter((line) => !line.startsWith("GET "));

describe.each(both)("%s", (_, environment, bot) => {
  it("gets one comment, which the next run updates in place", async () => {
    place.write("review.md", review("first"));
    expect((await comment(environment())).code).toBe(0);
    place.write("review.md", review("second"));
    const { code, err } = await comment(environment());
    expect([code, err]).toEqual([0, expect.stringContaining("prod: updated the comment")]);
    expect(forge.comments).toEqual([{ id: 1, author: bot, body: review("second") }]);
    const before = writes().length;
    expect((await comment(environment())).err).toContain("says it already");
    expect(writes()).toHaveLength(before);
  });

  it("finds it behind hundreds of others, and takes nobody else's for it", async () => {
    forge.comments.push({ id: 1, author: "mallory", body: review("forged") });
    for (let id = 2; id <= 250; id++) forge.comments.push({ id, author: bot, body: `number ${id}` });
    forge.comments.push({ id: 251, author: bot, body: review("old") });
    place.write("review.md", review("new"));
    expect((await comment(environment())).code).toBe(0);
    expect(forge.comments.map(({ body }) => body).filter((body) => body.includes("## prod"))).toEqual([
      review("forged"),
      review("new"),
    ]);
    expect(forge.asked.filter((line) => line.includes("per_page=100"))).toHaveLength(3);
  });

  it("has one for each stack", async () => {
    place.write("review.md", review("a", "prod"));
    place.write("other.md", review("b", "test"));
    expect((await comment(environment(), "other.md")).code).toBe(0);
    expect(forge.comments.map(({ body }) => body)).toEqual([review("a", "prod"), review("b", "test")]);
  });

  it("gets none for a change that does nothing, but one that is there says so", async () => {
    place.write("review.md", review("nothing", "prod", "no-changes"));
    expect((await comment(environment())).err).toContain("no changes, no comment");
    expect(forge.comments).toEqual([]);
    forge.comments.push({ id: 1, author: bot, body: review("something") });
    await comment(environment());
    expect(forge.comments[0]!.body).toBe(review("nothing", "prod", "no-changes"));
  });

  it("may refuse the right, as in a fork: said clearly, with an exit code of its own, the token never shown", async () => {
    forge.readOnly = true;
    place.write("review.md", review());
    const { code, err } = await comment(environment());
    expect(code).toBe(3);
    expect(err).toMatch(/may not write a (comment|note)[^]*fork[^]*\(forge\/no-right\)/);
    expect(err).not.toContain(TOKEN);
  });

  it.each([
    [401, "forge/token-refused"],
    [404, "forge/not-found"],
    [400, "http/status-400"],
  ])("answers %d: %s", async (status, problem) => {
    place.write("review.md", review());
    forge.fail("POST", status);
    const { code, err } = await comment(environment());
    expect([code, err]).toEqual([1, expect.stringContaining(`(${problem})`)]);
  });

  it("is asked again where that is safe", async () => {
    place.write("review.md", review());
    forge.fail("GET", 502);
    forge.fail("GET", 503);
    expect((await comment(environment())).code).toBe(0);
    expect(forge.comments).toHaveLength(1);
  });

  it.each<[string, Failure, number]>([
    ["was done", "lost", 1],
    ["was not done", 502, 2],
  ])(
    "whose answer to a new comment is lost: it looks whether it %s before it writes again",
    async (_, failure, posts) => {
      place.write("review.md", review());
      forge.fail("POST", failure);
      expect((await comment(environment())).code).toBe(0);
      expect(forge.comments.map(({ body }) => body)).toEqual([review()]);
      expect(forge.asked.filter((line) => line.startsWith("POST "))).toHaveLength(posts);
    },
  );

  it("is only looked at in a dry run", async () => {
    place.write("review.md", review());
    const { code, out, err } = await comment(environment(), "--dry-run");
    expect([code, out, err]).toEqual([0, review().trimEnd(), expect.stringContaining("would write a comment")]);
    expect(writes()).toEqual([]);
  });
});

describe("a body that is too long", () => {
  const sections = (count: number) =>
    Array.from(
      { length: count },
      (_, index) => `### Part ${index}\n\n\`\`\`diff\n### no section\n${"x".repeat(900)}\n\`\`\``,
    ).join("\n\n");

  it("ends before a whole section, with a link to the rest", async () => {
    place.write("review.md", review(sections(100)));
    expect((await comment(GITHUB(), "--artifact", "https://example.com/review.html")).code).toBe(0);
    const { body } = forge.comments[0]!;
    expect(body.length).toBeLessThanOrEqual(65_536);
    expect(body.length).toBeGreaterThan(60_000);
    expect(body.startsWith(header())).toBe(true);
    expect(body).toMatch(
      /x\n```\n\n> \[!NOTE\]\n> The rest is left out[^\n]*\[All of it\]\(https:\/\/example\.com\/review\.html\)\.\n$/,
    );
  });

  it("never loses the line by which it is found again: then it is refused", async () => {
    const long = `<!-- outbound-review {"stack":"prod","hash":"${"0".repeat(70_000)}"} -->\n\ntext\n`;
    place.write("review.md", long);
    const { code, err } = await comment(GITHUB());
    expect([code, err]).toEqual([1, expect.stringMatching(/too long/)]);
    expect(forge.comments).toEqual([]);
  });

  it("leads to the page of the job where nothing else is named", async () => {
    place.write("review.md", review(sections(100)));
    await comment(GITHUB());
    expect(forge.comments[0]!.body).toContain("(https://github.com/acme/alerts/actions/runs/99)");
  });

  it.each(both)("is made shorter when %s allows less than is known", async (_, environment) => {
    forge.longest = 30_000;
    place.write("review.md", review(sections(40)));
    expect((await comment(environment())).code).toBe(0);
    expect(forge.comments[0]!.body.length).toBeLessThanOrEqual(30_000);
    expect(forge.comments[0]!.body).toContain("The rest is left out");
  });
});

describe("the job says where it is:", () => {
  it("the event's file names the pull request, on an installation of one's own as well", async () => {
    place.write("event.json", { pull_request: { number: NUMBER } });
    place.write("review.md", review());
    const { GITHUB_REF: _, ...others } = GITHUB();
    const enterprise = { ...others, GITHUB_SERVER_URL: "https://git.example.com" };
    const { code, err } = await comment({ ...enterprise, GITHUB_EVENT_PATH: `${place.directory}/event.json` });
    expect([code, err]).toEqual([0, expect.stringContaining(`pull request ${NUMBER} of GitHub (git.example.com)`)]);
  });

  it("in the pipeline of a fork's merge request, it is the project that is merged into", async () => {
    place.write("review.md", review());
    const fork = { ...GITLAB(), CI_PROJECT_ID: "8", CI_MERGE_REQUEST_PROJECT_ID: "7" };
    expect((await comment(fork)).code).toBe(0);
  });

  it("a token may come in a variable of another name", async () => {
    place.write("review.md", review());
    const { GITLAB_TOKEN: _, ...others } = GITLAB();
    expect((await comment({ ...others, REVIEW_TOKEN: TOKEN }, "--token-environment", "REVIEW_TOKEN")).code).toBe(0);
  });

  it.each<[string, () => Record<string, string>, string]>([
    ["no forge", () => ({}), "forge/not-in-a-pipeline"],
    ["no token", () => ({ ...GITHUB(), GITHUB_TOKEN: "" }), "forge/variable-missing"],
    ["no pull request", () => ({ ...GITHUB(), GITHUB_REF: "refs/heads/main" }), "forge/no-request"],
    ["no merge request", () => ({ ...GITLAB(), CI_MERGE_REQUEST_IID: "" }), "forge/no-request"],
    ["no https", () => ({ ...GITLAB(), CI_API_V4_URL: "http://gitlab.example.com/api/v4" }), "http/plain-http"],
  ])("%s is an error, and nobody is asked", async (_, environment, problem) => {
    place.write("review.md", review());
    const { code, err } = await comment(environment());
    expect([code, err, forge.asked]).toEqual([1, expect.stringContaining(`(${problem})`), []]);
  });

  it("what is no review is no comment", async () => {
    place.write("review.md", "# Something else\n");
    expect((await comment(GITHUB())).err).toContain("(cli/not-a-review)");
    expect(forge.asked).toEqual([]);
  });
});
