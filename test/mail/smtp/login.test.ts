import { connect } from "node:net";
import { once } from "node:events";
import { ProblemError } from "../../../lib/core/problem";
import { Dialogue } from "../../../lib/mail/smtp/dialogue";
import { type Mechanism } from "../../../lib/mail/smtp/login";
import { logIn } from "../../../lib/mail/diagnosis/stages/log-in";
import { chooseMechanism } from "../../../lib/mail/diagnosis/stages/choose-mechanism";
import { probed, tested } from "../../support/diagnosed";
import { startScripted, type Script } from "../../support/scripted-smtp";

const signal = new AbortController().signal;
const base64 = (text: string) => Buffer.from(text).toString("base64");
const TIM = { username: "tim", password: "tanstaaftanstaaf" };

/** Logs in to a scripted server; resolves with the lines of the login as the server heard them. */
async function login(mechanism: Mechanism, script: Partial<Script>): Promise<readonly string[]> {
  const server = await startScripted(script);
  const socket = connect(server.port, "127.0.0.1");
  try {
    await once(socket, "connect");
    const dialogue = new Dialogue(socket);
    await dialogue.receive(signal);
    await logIn(dialogue, { ...TIM, mechanism }, {}, signal);
    return server.lines;
  } finally {
    socket.destroy();
    await server.close();
  }
}

it("says everything at once with PLAIN, and again when the server asks for it", async () => {
  const response = base64("\0tim\0tanstaaftanstaaf");
  expect(await login("PLAIN", {})).toEqual([`AUTH PLAIN ${response}`]);
  expect(await login("PLAIN", { auth: "334 \r\n" })).toEqual([`AUTH PLAIN ${response}`, response]);
});

it("answers both questions of LOGIN", async () => {
  const script = { auth: "334 VXNlcm5hbWU6\r\n", authAnswers: ["334 UGFzc3dvcmQ6\r\n", "235 Ok\r\n"] };
  expect(await login("LOGIN", script)).toEqual(["AUTH LOGIN", base64("tim"), base64("tanstaaftanstaaf")]);
});

it("does not tell the password to a server that refused the user", async () => {
  const script = { auth: "334 VXNlcm5hbWU6\r\n", authAnswers: ["535 5.7.8 Unknown user\r\n"] };
  await expect(login("LOGIN", script)).rejects.toThrow(ProblemError);
});

it("answers the challenge of CRAM-MD5 as in the example of RFC 2195", async () => {
  const challenge = base64("<1896.697170952@postoffice.reston.mci.net>");
  const lines = await login("CRAM-MD5", { auth: `334 ${challenge}\r\n` });
  expect(lines[1]).toBe(base64("tim b913a602c7eda7a495b4e6e7334d3890"));
});

it("takes nothing but a 235 for a login", async () => {
  await expect(login("PLAIN", { auth: "250 2.0.0 Ok\r\n" })).rejects.toThrow(ProblemError);
});

it("prefers what keeps the password to itself on an open line, and what is common on an encrypted one", () => {
  expect(chooseMechanism(["LOGIN", "PLAIN", "CRAM-MD5"], true)).toBe("PLAIN");
  expect(chooseMechanism(["LOGIN", "PLAIN", "CRAM-MD5"], false)).toBe("CRAM-MD5");
});

describe("a login by token", () => {
  const token = "ya29.A0ARrdaM-token";
  const login_ = { username: "alerts", password: token, mechanism: "XOAUTH2" } as const;
  const response = base64(`user=alerts\x01auth=Bearer ${token}\x01\x01`);
  const ehloTls = "250-scripted.test\r\n250 AUTH PLAIN XOAUTH2\r\n";
  const reason = base64('{"status":"400","schemes":"Bearer","scope":"https://mail.example.com/"}');

  it("is used on both connections when it is asked for", async () => {
    const { outcome, lines } = await tested({ script: { ehloTls }, target: { login: login_ } });
    expect(outcome.ok).toBe(true);
    const logins = lines.filter((line) => line.startsWith("AUTH"));
    expect(logins).toEqual([`AUTH XOAUTH2 ${response}`, `AUTH XOAUTH2 ${response}`]);
  });

  it("is never chosen by itself", () => {
    expect(chooseMechanism(["XOAUTH2", "PLAIN"], true)).toBe("PLAIN");
    expect(() => chooseMechanism(["XOAUTH2"], true)).toThrow(/only logins by an OAuth 2.0 token/);
  });

  it("shows the server's reason, decoded, and answers it by an empty line", async () => {
    const script = {
      ehloTls,
      auth: `334 ${reason}\r\n`,
      authAnswers: ["535 5.7.8 Username and Password not accepted\r\n"],
    };
    const { stage, lines } = await tested({ script, target: { login: login_ } });
    expect(stage("AUTH").problem).toMatchObject({ code: "mail/token-refused" });
    expect(stage("AUTH").problem!.evidence).toBe(
      '535 5.7.8 Username and Password not accepted; the server\'s reason: {"status":"400","schemes":"Bearer","scope":"https://mail.example.com/"}',
    );
    const after = lines.indexOf(`AUTH XOAUTH2 ${response}`);
    expect(lines.slice(after + 1)).toEqual([""]);
  });

  it("keeps the token to itself, though the server repeats it", async () => {
    const auth = `334 ${base64(`{"token":"${token}"}`)}\r\n`;
    const { outcome } = await tested({
      script: { ehloTls, auth, authAnswers: ["535 5.7.8 No\r\n"] },
      target: { login: login_ },
    });
    expect(JSON.stringify(outcome)).not.toContain(token);
    expect(JSON.stringify(outcome)).toContain("(redacted)");
  });

  it("says the token on a line of its own to a server that asks for it", async () => {
    const { outcome, lines } = await probed({
      script: { ehloTls, auth: "334 \r\n", authAnswers: ["235 2.7.0 Accepted\r\n"] },
      target: { login: login_ },
    });
    expect(outcome.ok).toBe(true);
    expect(lines).toContain(response);
  });
});

describe("what is offered and what is wanted", () => {
  it.each([
    [["GSSAPI", "NTLM"], undefined, "only-domain-logins", /PLAIN or LOGIN over TLS/],
    [["EXTERNAL"], undefined, "only-domain-logins", /without a login/],
    [["OAUTHBEARER"], undefined, "only-token-logins", /auth_mechanism = "XOAUTH2"/],
    [["NTLM", "XOAUTH2"], undefined, "only-token-logins", /access token/],
    [["SCRAM-SHA-256"], undefined, "no-common-mechanism", /Enable one of PLAIN, LOGIN, CRAM-MD5/],
    [["PLAIN", "LOGIN"], "CRAM-MD5", "mechanism-not-offered", /one that it offers \(PLAIN, LOGIN\)/],
    [["PLAIN"], "XOAUTH2", "mechanism-not-offered", /PLAIN/],
  ] as const)("%j when %s was asked for: %s", (offered, only, code, remedy) => {
    const failure = () => chooseMechanism(offered, true, only);
    expect(failure).toThrow(ProblemError);
    try {
      failure();
    } catch (error) {
      const [problem] = (error as ProblemError).problems;
      expect(problem!.code).toBe(`mail/${code}`);
      expect(problem!.fix).toMatch(remedy);
      expect(problem!.evidence).toMatch(new RegExp(`^wanted: ${only ?? "PLAIN, LOGIN, CRAM-MD5"}; offered: `));
    }
  });
});

describe("a server that does not follow the mechanism", () => {
  it.each([
    ["PLAIN", 1],
    ["LOGIN", 2],
    ["CRAM-MD5", 1],
    ["XOAUTH2", 1],
  ] as const)("is not answered for ever when it keeps asking (%s)", async (mechanism, answers) => {
    const ehloTls = `250-scripted.test\r\n250 AUTH ${mechanism}\r\n`;
    const { stage, lines } = await probed({
      script: { ehloTls, auth: "334 \r\n", authAnswers: Array.from({ length: 50 }, () => "334 \r\n") },
      target: { login: { username: "alerts", password: "correct horse", mechanism } },
    });
    expect(stage("AUTH").problem).toMatchObject({ code: "mail/login-without-end" });
    expect(lines.slice(lines.findIndex((line) => line.startsWith("AUTH")) + 1)).toHaveLength(answers);
  });

  it.each(["LOGIN", "CRAM-MD5"] as const)("is a warning when it agrees too early (%s)", async (mechanism) => {
    const ehloTls = `250-scripted.test\r\n250 AUTH ${mechanism}\r\n`;
    const { stage, outcome } = await probed({ script: { ehloTls } });
    expect(stage("AUTH")).toMatchObject({ status: "warning", problem: { code: "mail/login-unseen" } });
    expect(outcome.ok).toBe(true);
  });
});

describe("the password", () => {
  it("never travels in clear where encryption is declared", async () => {
    const ehlo = "250-scripted.test\r\n250 AUTH PLAIN LOGIN\r\n";
    for (const security of ["starttls", "tls"] as const) {
      const { lines } = await tested({ script: { ehlo }, target: { security, timeoutMs: 1_000 } });
      expect(lines.filter((line) => line.startsWith("AUTH"))).toEqual([]);
    }
  });

  it("is proved and not told, where it is declared that there is no encryption", async () => {
    const ehlo = "250-scripted.test\r\n250 AUTH PLAIN LOGIN CRAM-MD5\r\n";
    const { stage, lines } = await tested({
      script: { ehlo, auth: `334 ${base64("<1@scripted.test>")}\r\n` },
      target: { security: "none" },
    });
    expect(stage("AUTH").detail).toMatch(/^CRAM-MD5 as alerts/);
    expect(lines.filter((line) => line.startsWith("AUTH"))).toEqual(["AUTH CRAM-MD5", "AUTH CRAM-MD5"]);
  });
});
