import { ProblemError } from "../../../lib/core/problem";
import { Redactor } from "../../../lib/core/redaction";
import { HttpError } from "../../../lib/http/error";
import type { HttpResponse } from "../../../lib/http/types";
import { CallError } from "../../../lib/systems/kit/rest-api";
import { basicLogin, fixedHeader, Token, type Grant, type TokenOptions } from "../../../lib/systems/kit/token";

const problem = new ProblemError({ code: "acme/login-refused", severity: "error", summary: "no", fix: "ask" });
const running = () => new AbortController().signal;
const answer = { status: 401 } as never;

/** A system that gives out numbered tokens when it is told to. */
function login(options: Partial<TokenOptions> = {}) {
  const redactor = new Redactor();
  let now = 0;
  const waiting: { grant(grant?: Partial<Grant>): void; refuse(error: Error): void; signal: AbortSignal }[] = [];
  const token = new Token({
    system: { name: "acme", title: "Acme" },
    clock: { now: () => now, sleep: () => Promise.resolve() },
    redactor,
    acquire: (signal) =>
      new Promise((resolve, reject) => {
        const number = waiting.length + 1;
        signal.addEventListener("abort", () => reject(signal.reason as Error));
        waiting.push({
          signal,
          grant: (grant = {}) => resolve({ token: `secret-token-${number}`, ...grant }),
          refuse: reject,
        });
      }),
    ...options,
  });
  return { token, redactor, waiting, pass: (ms: number) => (now += ms) };
}

describe("a token", () => {
  it("is acquired once for all who ask at the same time, and kept", async () => {
    const { token, waiting } = login();
    const texts = Promise.all([token.text(running()), token.text(running()), token.text(running())]);
    waiting[0]!.grant();
    expect(await texts).toEqual(Array(3).fill("secret-token-1"));
    expect(await token.authorize({ signal: running() })).toEqual({ Authorization: "Bearer secret-token-1" });
    expect(waiting).toHaveLength(1);
  });

  it("names the system and its settings to whoever runs out of time while it logs in", async () => {
    const { token } = login();
    await expect(token.text(AbortSignal.timeout(1))).rejects.toMatchObject({
      message: expect.stringMatching(/^Acme had not answered yet.*`acme\.http_timeout`/),
    });
  });

  it("is renewed half a minute before it ends", async () => {
    const { token, waiting, pass } = login();
    const first = token.text(running());
    waiting[0]!.grant({ lifeSeconds: 3600 });
    await first;
    pass(3_569_999);
    expect(await token.text(running())).toBe("secret-token-1");
    pass(1);
    const second = token.text(running());
    waiting[1]!.grant({ lifeSeconds: 3600 });
    expect(await second).toBe("secret-token-2");
  });

  it("with a life shorter than that is used for nine tenths of it", async () => {
    const { token, waiting, pass } = login();
    const first = token.text(running());
    waiting[0]!.grant({ lifeSeconds: 10 });
    await first;
    pass(8_999);
    expect(await token.text(running())).toBe("secret-token-1");
    pass(1);
    void token.text(running());
    expect(waiting).toHaveLength(2);
  });

  it("that the system refuses is replaced", async () => {
    const { token, waiting } = login();
    const first = token.text(running());
    waiting[0]!.grant();
    await first;
    expect([answer, { status: 403 } as never].map((one) => token.refuses(one))).toEqual([true, false]);
    const renewed = token.renew(answer, { signal: running() });
    waiting[1]!.grant();
    expect(await renewed).toBe(true);
    expect(await token.text(running())).toBe("secret-token-2");
  });

  it("is told to the redactor before anybody gets it", async () => {
    const { token, waiting, redactor } = login();
    const text = token.text(running());
    waiting[0]!.grant();
    expect(redactor.redact(await text)).toBe("(redacted)");
  });

  it("stands behind the scheme that the system wants", async () => {
    const { token, waiting } = login({ scheme: "vRealizeOpsToken", refuses: () => false });
    const headers = token.authorize({ signal: running() });
    waiting[0]!.grant();
    expect(await headers).toEqual({ Authorization: "vRealizeOpsToken secret-token-1" });
    expect(token.refuses(answer)).toBe(false);
  });
});

describe("a login that fails", () => {
  it("by refusal is never repeated in this run, not even to renew", async () => {
    const { token, waiting } = login();
    const first = token.text(running());
    waiting[0]!.refuse(problem);
    await expect(first).rejects.toBe(problem);
    await expect(token.text(running())).rejects.toBe(problem);
    await expect(token.renew(answer, { signal: running() })).rejects.toBe(problem);
    expect(waiting).toHaveLength(1);
  });

  it.each([400, 401, 403])("by a call that was answered by %s is never repeated either", async (status) => {
    const { token, waiting } = login();
    const failed = new HttpError("status", "POST", "", "refused", { status } as HttpResponse);
    const refused = new CallError({ code: "acme/login-refused", severity: "error", summary: "no", fix: "" }, failed);
    const first = token.text(running());
    waiting[0]!.refuse(refused);
    await expect(first).rejects.toBe(refused);
    await expect(token.text(running())).rejects.toBe(refused);
    expect(waiting).toHaveLength(1);
  });

  it("for another reason is tried again by the next who asks", async () => {
    const { token, waiting } = login();
    const first = token.text(running());
    waiting[0]!.refuse(new Error("connection broke"));
    await expect(first).rejects.toThrow("connection broke");
    const second = token.text(running());
    waiting[1]!.grant();
    expect(await second).toBe("secret-token-2");
  });

  it.each([undefined, 429, 500, 503])(
    "by a call that ended with %s is tried again by the next who asks",
    async (status) => {
      const { token, waiting } = login();
      const response = status === undefined ? undefined : ({ status } as HttpResponse);
      const failed = new HttpError("status", "POST", "", "no answer", response);
      const first = token.text(running());
      waiting[0]!.refuse(
        new CallError({ code: "acme/unavailable", severity: "error", summary: "no", fix: "" }, failed),
      );
      await expect(first).rejects.toBe(failed);
      const second = token.text(running());
      waiting[1]!.grant();
      expect(await second).toBe("secret-token-2");
    },
  );

  it("goes on for the others when the one who began it is told to stop", async () => {
    const { token, waiting } = login();
    const stop = new AbortController();
    const first = token.text(stop.signal);
    const second = token.text(running());
    stop.abort(new Error("stopped"));
    await expect(first).rejects.toThrow("stopped");
    waiting[0]!.grant();
    expect(await second).toBe("secret-token-1");
  });

  it("is given up when nobody waits for it any more", async () => {
    const { token, waiting } = login();
    const stop = new AbortController();
    const only = token.text(stop.signal);
    stop.abort(new Error("stopped"));
    await expect(only).rejects.toThrow("stopped");
    expect(waiting[0]!.signal.aborted).toBe(true);
  });
});

it("hands the same header with every request, and hides it", async () => {
  const redactor = new Redactor();
  const key = fixedHeader("api-key", "secret-key", redactor);
  expect(await key.authorize({} as never)).toEqual({ "api-key": "secret-key" });
  const basic = basicLogin("jane", "secret-password", redactor);
  const { Authorization } = await basic.authorize({} as never);
  expect(Authorization).toBe(`Basic ${Buffer.from("jane:secret-password").toString("base64")}`);
  expect(redactor.redact(`secret-key secret-password ${Authorization}`)).not.toMatch(/secret|Basic \w{5}/);
});
