import { HANG_UP } from "../../../support/scripted-smtp";
import { probed, tested, type Oddities } from "../../../support/diagnosed";

/** What the first stage that failed says. */
async function failure(kind: "probe" | "send", oddities: Oddities) {
  const { outcome } = await (kind === "probe" ? probed(oddities) : tested(oddities));
  const failed = outcome.stages.find(({ status }) => status === "failed");
  return {
    stage: failed?.name,
    code: failed?.problem?.code,
    remedy: failed?.remedy,
    evidence: failed?.problem?.evidence,
  };
}

const offering = (mechanisms: string) => ({ ehloTls: `250-scripted.test\r\n250 AUTH ${mechanisms}\r\n` });
const noLogin = { target: { login: undefined } };

it.each<[string, "probe" | "send", Oddities, string, string]>([
  ["the banner", "probe", { script: { banner: "421 Denied\r\n" } }, "banner", "client-not-allowed"],
  [
    "EHLO",
    "probe",
    { script: { ehlo: "501 Invalid domain name\r\n", helo: "503 no\r\n" } },
    "EHLO",
    "client-name-refused",
  ],
  ["STARTTLS", "probe", { script: { starttls: "454 4.7.0 TLS not available\r\n" } }, "TLS", "starttls-unavailable"],
  ["AUTH", "probe", { script: { auth: "454 4.7.0 Too many login attempts\r\n" } }, "AUTH", "too-many-logins"],
  [
    "MAIL",
    "probe",
    { script: { mail: "530 5.7.57 Client not authenticated\r\n" }, ...noLogin },
    "MAIL",
    "login-required",
  ],
  [
    "RCPT",
    "probe",
    { script: { rcpt: { "*": "553 5.7.0 Unauthorized use of sender address\r\n" } } },
    "RCPT oncall@example.com",
    "sender-not-allowed",
  ],
  ["DATA", "send", { script: { data: "452 4.3.1 Insufficient system storage\r\n" } }, "DATA", "server-full"],
  ["the message", "send", { script: { message: "554 5.2.252 SendAsDenied; no\r\n" } }, "DATA", "sender-not-allowed"],
])("is understood at %s", async (_, kind, oddities, stage, code) => {
  expect(await failure(kind, oddities)).toMatchObject({ stage, code: `mail/${code}` });
});

it("knows from EHLO that a login is offered on an encrypted connection only", async () => {
  const { remedy } = await failure("probe", {
    target: { security: "none", login: undefined },
    script: { ehlo: "250-scripted.test\r\n250 STARTTLS\r\n", mail: "530 Authentication Required.\r\n" },
  });
  expect(remedy).toMatch(/^Encrypt first: set security = "starttls"/);
});

it("knows that the login was given", async () => {
  const { remedy } = await failure("probe", { script: { rcpt: { "*": "554 5.7.1 Relay access denied\r\n" } } });
  expect(remedy).toMatch(/login was taken/);
});

it("recognises a provider by its greeting, and says what it judges later", async () => {
  const script = { banner: "220 SG ESMTP service ready at ismtpd-1\r\n" };
  const { stage } = await probed({ script });
  expect(stage("RCPT oncall@example.com").detail).toMatch(/SendGrid judges .* a test mail would show that/);
});

it("falls back to another mechanism that is offered, and says so", async () => {
  const { stage, lines } = await probed({
    script: {
      ...offering("PLAIN LOGIN"),
      auth: (line) =>
        line.includes("PLAIN") ? "504 5.7.4 Unrecognized authentication type\r\n" : "334 VXNlcm5hbWU6\r\n",
      authAnswers: ["334 UGFzc3dvcmQ6\r\n", "235 2.7.0 Ok\r\n"],
    },
  });
  expect(stage("AUTH")).toMatchObject({
    status: "warning",
    remedy: expect.stringContaining('auth_mechanism = "LOGIN"'),
  });
  expect(lines.filter((line) => line.startsWith("AUTH")).map((line) => line.split(" ")[1])).toEqual(["PLAIN", "LOGIN"]);
});

it("does not try a second mechanism after a wrong password", async () => {
  const { lines } = await probed({ script: { ...offering("PLAIN LOGIN"), auth: "535 5.7.8 No\r\n" } });
  expect(lines.filter((line) => line.startsWith("AUTH"))).toHaveLength(1);
});

it("takes a hang-up at the login for a refused login", async () => {
  expect(await failure("probe", { script: { auth: HANG_UP } })).toMatchObject({
    code: "mail/login-connection-closed",
    remedy: expect.stringMatching(/password.*banned/),
  });
});

it("does not come back before the time that the server asks for", async () => {
  const { skipped, stage } = await probed({
    hurried: true,
    target: { timeoutMs: 120_000 },
    script: { rcpt: { "*": "451 Greylisted for 300 seconds\r\n" } },
  });
  expect(skipped).toEqual([]);
  expect(stage("RCPT oncall@example.com").remedy).toMatch(/300 s\. Set timeout_seconds = 360/);
});

it("comes back just when the server asks for it", async () => {
  const { skipped, outcome } = await probed({
    hurried: true,
    connections: [{ rcpt: { "*": "451 Greylisted for 90 seconds\r\n" } }],
  });
  expect(skipped).toEqual([90_000]);
  expect(outcome.ok).toBe(true);
});

it("does not spend its time on refusals that no waiting cures", async () => {
  for (const reply of ["451 sender address not allowed", "421 Denied", "451 4.7.500 Server busy (S77719)"]) {
    const { skipped } = await probed({ hurried: true, script: { rcpt: { "*": `${reply}\r\n` } } });
    expect(skipped).toEqual([]);
  }
});
