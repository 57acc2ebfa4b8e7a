import { HttpError } from "../../../lib/http/error";
import type { HttpResponse } from "../../../lib/http/types";
import { callWords, type ExplainedRefusal } from "../../../lib/systems/kit/refusals";
import { acme } from "../../support/acme";

const response = (status: number, more: Partial<HttpResponse> = {}): HttpResponse => ({
  status,
  headers: {},
  data: { message: "No such key" },
  text: "",
  ...more,
});
const failed = (answer: HttpResponse | undefined, attempts = 1) =>
  new HttpError(answer === undefined ? "timeout" : "status", "GET", "https://a/x", "x", answer, false, { attempts });
const told = (answer: HttpResponse | undefined, attempts?: number) =>
  callWords(acme).callFailed("read pager 7", failed(answer, attempts));

it.each([
  [400, "acme/status-400"],
  [401, "acme/login-refused"],
  [402, "acme/status-402"],
  [403, "acme/forbidden"],
  [404, "acme/status-404"],
  [429, "acme/rate-limited"],
  [499, "acme/status-499"],
])("status %i is %s, with the system's words", (status, code) => {
  const problem = told(response(status));
  expect(problem).toMatchObject({ code, severity: "error", evidence: `${status} No such key` });
  expect(problem.summary).toContain("could not read pager 7");
});

it.each([500, 503, 599])("status %i is a failure of the service, and no refusal", (status) => {
  const { code, summary } = told(response(status));
  expect(code).not.toMatch(/^acme\/(status|forbidden|login)/);
  expect(summary).toContain("could not read pager 7");
});

it("no answer at all is a failure as well", () => {
  expect(told(undefined).summary).toContain("could not read pager 7");
});

describe("a system that wants to be left alone", () => {
  const waits = (after: string, attempts = 3) => told(response(429, { headers: { "retry-after": after } }), attempts);

  it("says for how long, where it does, and how often it was asked", () => {
    expect(waits("90").summary).toContain("after 3 attempts, and wants to be left alone for 1 min 30 s");
    expect(waits("90", 1).summary).not.toContain("attempts");
  });

  it.each(["", "soon", "Wed, 21 Oct 2026 07:28:00 GMT"])("names no time by %j", (after) => {
    expect(waits(after).summary).not.toContain("left alone");
  });
});

it("what is special about a system comes first, and knows all that there is to know", () => {
  const seen: ExplainedRefusal[] = [];
  const special = { code: "acme/locked", severity: "error", summary: "Locked", fix: "Unlock." } as const;
  const words = callWords(acme, {
    wordsOf: ({ data }) => [`its own: ${(data as { readonly message: string }).message}`],
    explain: (refusal) => (seen.push(refusal), refusal.status === 401 ? special : undefined),
  });
  const refused = failed(response(401, { headers: { "retry-after": "2" } }));
  expect(words.callFailed("read pager 7", refused)).toBe(special);
  expect(seen).toEqual([
    {
      doing: "read pager 7",
      status: 401,
      response: refused.response,
      failed: refused,
      evidence: "401 its own: No such key",
      pauseMs: 2_000,
    },
  ]);
  expect(words.callFailed("read pager 7", failed(response(403)))).toMatchObject({
    code: "acme/forbidden",
    evidence: "403 its own: No such key",
  });
});

it("an answer that nobody understands says where, and what could not be done", () => {
  const problem = callWords(acme).unexpectedAnswer("read pager 7", "port is no number");
  expect(problem).toMatchObject({ code: "acme/unexpected-answer", got: "port is no number" });
});
