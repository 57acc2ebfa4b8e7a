import { exitCodeOf, MAIL_EXITS, mailExits, renderMailExits } from "../../../lib/mail/diagnosis/exit-codes";
import { mx, nameOf, platform, rcpt, type Stage, type StageRef, type StageStatus } from "../../../lib/mail/stage/stage";
import * as names from "../../../lib/mail/stage/stage";

const stage = (ref: StageRef, status: StageStatus, code?: string): Stage => ({
  name: nameOf(ref),
  ...(typeof ref === "string" ? {} : { subject: ref }),
  status,
  durationMs: 1,
  detail: "",
  ...(code === undefined ? {} : { problem: { code, severity: "error", summary: "", fix: "" } }),
});

const A = rcpt("a@example.com");
const B = rcpt("b@example.com");
// However a system or an id is called.
const PLATFORM = platform("vrops", "RCPT 41f3");

it.each<[string, Stage[], number]>([
  ["nothing failed", [stage("config", "passed"), stage("TLS", "warning"), stage("DNS", "skipped")], 0],
  ["a platform without a test", [stage("DATA", "passed"), stage(PLATFORM, "unavailable")], 0],
  ["config", [stage("config", "failed"), stage("DNS", "skipped")], 10],
  ["DNS", [stage("DNS", "failed")], 11],
  ["the MX of a domain", [stage(mx("example.com"), "failed")], 11],
  ["TCP", [stage("DNS", "warning"), stage("TCP", "failed")], 12],
  ["banner", [stage("banner", "failed")], 13],
  ["EHLO", [stage("EHLO", "failed")], 14],
  ["EHLO once encrypted", [stage("TLS", "passed"), stage("EHLO over TLS", "failed")], 14],
  ["TLS", [stage("TLS", "failed")], 15],
  ["AUTH", [stage("AUTH", "failed")], 16],
  ["MAIL", [stage("MAIL", "failed")], 17],
  ["the only receiver", [stage("MAIL", "passed"), stage(A, "failed"), stage("DATA", "skipped")], 18],
  ["every receiver", [stage(A, "failed"), stage(B, "failed")], 18],
  ["one of two receivers", [stage(A, "passed"), stage(B, "failed"), stage("DATA", "passed")], 19],
  ["one of two receivers, the other with a warning", [stage(A, "failed"), stage(B, "warning")], 19],
  ["DATA", [stage("DATA", "failed", "mail/refused")], 20],
  ["a platform's own test", [stage("DATA", "passed"), stage(PLATFORM, "failed")], 21],
  ["the direct way before a platform", [stage("TCP", "failed"), stage(PLATFORM, "failed")], 12],
  ["arrival", [stage("DATA", "passed"), stage("arrival", "failed")], 22],
  ["SPF", [stage("SPF", "failed")], 23],
  ["DKIM", [stage("SPF", "passed"), stage("DKIM", "failed")], 23],
  ["DMARC", [stage("DMARC", "failed")], 23],
  ["a connection lost after the message", [stage("DATA", "failed", "mail/effect-unknown")], 24],
  ["a stage that nobody has foreseen", [stage("something new", "failed")], 1],
])("%s: its own code", (_, stages, code) => {
  expect(exitCodeOf({ stages })).toBe(code);
});

it("has a code for every stage there is", () => {
  const every = Object.values(names as Record<string, unknown>).filter(
    (name): name is string => typeof name === "string" && name !== "rate limit",
  );
  expect(every.length).toBeGreaterThan(10);
  for (const name of every) expect([name, exitCodeOf({ stages: [stage(name, "failed")] })]).not.toEqual([name, 1]);
});

it("gives no code twice, and none that a shell uses for something else", () => {
  const codes = mailExits.map(({ code }) => code);
  expect(new Set(codes).size).toBe(codes.length);
  expect(codes.every((code) => code < 126 || code === MAIL_EXITS.interrupted.code)).toBe(true);
});

it("is printed as a table, a line for each code", () => {
  const lines = renderMailExits().split("\n");
  expect(lines).toHaveLength(mailExits.length + 1);
  for (const { code, meaning } of mailExits)
    expect(lines).toContainEqual(expect.stringMatching(new RegExp(`^  ${code} .*${meaning}$`)));
  expect(lines).toContain(`  2    ${MAIL_EXITS.usage.meaning}`);
  expect(lines).toContain(`  14   EHLO, EHLO over TLS: ${MAIL_EXITS.ehlo.meaning}`);
});
