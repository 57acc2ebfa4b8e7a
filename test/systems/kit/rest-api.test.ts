import * as z from "../../../lib/core/zod";
import { wordsIn } from "../../../lib/systems/kit/vendor-text";
import { acme as words, openAcme, page, type Acme, type AcmeOptions } from "../../support/acme";
import { problemsOf } from "../../support/system-room";

const { signal } = new AbortController();
let acme: Acme;
afterEach(() => acme?.close());

async function refusalBy(reply: unknown, api: AcmeOptions["api"] = {}) {
  acme = await openAcme({ answer: () => reply as never, api });
  const call = acme.api.read("read it", z.object({ a: z.string() }), {
    method: "POST",
    path: "/x",
    signal,
    retry: "once",
  });
  return (await problemsOf(call))[0]!;
}

describe("a refusal", () => {
  it.each([
    [401, "acme/login-refused", "Check acme.api_key (ACME_API_KEY)."],
    [403, "acme/forbidden", "Give the key the right Mail."],
    [429, "acme/rate-limited", "Run it again later"],
    [422, "acme/status-422", "See the answer"],
    [500, "http/status-500", "try again later"],
  ])("with status %d is %s, with the vendor's words", async (status, code, fix) => {
    const problem = await refusalBy({ status, body: { message: "not so" } });
    expect(problem).toMatchObject({
      code,
      summary: expect.stringContaining("could not read it"),
      fix: expect.stringContaining(fix),
    });
    expect(problem.evidence).toContain("not so");
  });

  it("is explained as the system's own when it is known", async () => {
    const explain = ({ status, evidence }: { status: number; evidence: string }) =>
      status === 422
        ? ({ code: "acme/own", severity: "error", summary: "own", fix: "do", evidence } as const)
        : undefined;
    expect(
      await refusalBy({ status: 422, body: { m: "x" } }, { refusals: { wordsOf: () => ["told"], explain } }),
    ).toMatchObject({ code: "acme/own", evidence: "422 told" });
  });

  it("in a page is reduced to its words, without what a terminal would obey", async () => {
    expect((await refusalBy({ ...page(409), body: "<p>No\u001b[2J\u202e way</p>" })).evidence).toBe(
      "409 No⟨U+001B⟩[2J⟨U+202E⟩ way",
    );
  });

  it("carries the vendor's name of the request", async () => {
    const problem = await refusalBy({ status: 422, body: {} }, { requestIdHeader: "content-type" });
    expect(problem.evidence).toBe("422 (request id application/json) {}");
  });
});

it.each([
  [page(200), "the answer"],
  [{ status: 200, body: { a: 1 } }, "a: "],
])("believes no answer in another form", async (reply, where) => {
  const problem = await refusalBy(reply);
  expect(problem).toMatchObject({
    code: "acme/unexpected-answer",
    got: expect.stringContaining(where),
    fix: expect.stringContaining(words.address),
  });
});

it("says what could not be done when nobody answers", async () => {
  const problem = await refusalBy({ status: 200, body: { a: "" } }, { baseUrl: "http://127.0.0.1:1" });
  expect(problem).toMatchObject({ code: "http/refused", summary: expect.stringContaining("could not read it") });
});

it("finds words wherever vendors put them", () => {
  expect(wordsIn({ message: "m", errors: { port: ["a", "b"] }, error: { code: "c" } })).toEqual([
    "m",
    "code: c",
    "port: a",
    "port: b",
  ]);
  expect(wordsIn(undefined)).toEqual([]);
});
