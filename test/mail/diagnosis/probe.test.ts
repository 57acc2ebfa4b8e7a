import { runProbe, type ProbeOutcome, type Target } from "../../../lib/mail";
import { mailRuntime, mailTarget } from "../../support/mail-runtime";
import { startScripted, type Script, type ScriptedServer } from "../../support/scripted-smtp";

let server: ScriptedServer;
afterEach(() => server.close());

async function probed(script: Partial<Script>, target: Partial<Target>): Promise<ProbeOutcome> {
  server = await startScripted(script);
  const watch = { signal: new AbortController().signal, redact: (text: string) => text };
  return runProbe(mailTarget(server.port, { ca: server.ca, to: [], ...target }), mailRuntime(), watch);
}

const statuses = ({ stages }: ProbeOutcome) => Object.fromEntries(stages.map(({ name, status }) => [name, status]));

const login = { username: "alerts", password: "correct horse" };

describe("STARTTLS only if it is offered", () => {
  const PLAIN = "250-scripted.test\r\n250 AUTH PLAIN LOGIN\r\n";

  it("is used when it is offered", async () => {
    const outcome = await probed({}, { onlyIfOffered: true });
    expect(outcome.ok).toBe(true);
    expect(statuses(outcome)).toMatchObject({ TLS: "passed", "EHLO over TLS": "passed", AUTH: "passed" });
  });

  it("warns when it is not, and keeps the password to itself", async () => {
    const outcome = await probed({ ehlo: PLAIN }, { onlyIfOffered: true });
    expect(statuses(outcome)).toMatchObject({
      TLS: "warning",
      "EHLO over TLS": "skipped",
      AUTH: "skipped",
      MAIL: "passed",
    });
    expect(outcome.stages.find(({ name }) => name === "TLS")!.remedy).toMatch(/implicit TLS/);
    expect(server.lines.filter((line) => line.startsWith("AUTH"))).toEqual([]);
  });

  it("is required unless it was said otherwise", async () => {
    const outcome = await probed({ ehlo: PLAIN }, {});
    expect(statuses(outcome)).toMatchObject({ TLS: "failed" });
  });
});

describe("a mechanism that is given", () => {
  it("is the only one tried", async () => {
    const answers = ["334 UGFzc3dvcmQ6\r\n", "235 2.7.0 Authentication successful\r\n"];
    const outcome = await probed(
      { auth: "334 VXNlcm5hbWU6\r\n", authAnswers: answers },
      { login: { ...login, mechanism: "LOGIN" } },
    );
    expect(outcome.ok).toBe(true);
    expect(server.lines.filter((line) => line.startsWith("AUTH"))).toEqual(["AUTH LOGIN"]);
  });

  it("fails when the server does not offer it, although it offers others", async () => {
    const ehloTls = "250-scripted.test\r\n250 AUTH PLAIN CRAM-MD5\r\n";
    const outcome = await probed({ ehloTls }, { login: { ...login, mechanism: "LOGIN" } });
    const auth = outcome.stages.find(({ name }) => name === "AUTH")!;
    expect(auth.problem).toMatchObject({
      code: "mail/mechanism-not-offered",
      evidence: "wanted: LOGIN; offered: PLAIN, CRAM-MD5",
    });
    expect(auth.remedy).toContain("Set `auth_mechanism` to one that it offers (PLAIN, CRAM-MD5)");
  });
});
