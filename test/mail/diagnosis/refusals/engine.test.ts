import { renderProse, asAttribute } from "../../../../lib/core/prose";
import { askedToWait, classify, familyOf } from "../../../../lib/mail/diagnosis/refusals/engine";
import { explainReply } from "../../../../lib/mail/diagnosis/refusals/explain";
import { parseImapRefusal, parseRefusal } from "../../../../lib/mail/diagnosis/refusals/parsed-refusal";
import type { Situation } from "../../../../lib/mail/diagnosis/refusals/situation";
import { parseReply } from "../../../../lib/mail/smtp/reply";

const judge = (said: string, situation: Situation) =>
  classify(parseRefusal(said.split("\n"), Number(said.slice(0, 3))), situation);
const fixOf = (said: string, situation: Situation) => renderProse(judge(said, situation)!.fix, asAttribute);

describe("believes", () => {
  it.each([
    ["a vendor's words before the code", "550 5.1.8 Access denied, bad outbound sender AS(42003)", "vendor's words"],
    ["the code before general words", "550 5.1.1 Relay access denied", "enhanced code"],
    ["general words before a code that tells a family", "550 5.7.1 Relay access denied", "general words"],
    ["that family before the basic code", "550 5.7.1 no", "family of the code"],
    ["the basic code where there is nothing else", "550 no", "basic code"],
  ])("%s", (_, said, evidence) => {
    expect(judge(said, { stage: "RCPT" })?.evidence).toBe(evidence);
  });
});

describe("knows the situation", () => {
  it("asks for encryption first where logins are offered only behind it", () => {
    const inClear = {
      stage: "MAIL",
      encrypted: false,
      startTlsOffered: true,
      authOffered: false,
      login: "none",
    } as const;
    expect(fixOf("530 Authentication Required.", inClear)).toMatch(/^Encrypt first: set security = "starttls"/);
    expect(fixOf("530 Authentication Required.", { stage: "MAIL", encrypted: true, login: "none" })).toMatch(
      /^Set `username`/,
    );
  });

  it("does not ask for a login that was given", () => {
    expect(fixOf("554 5.7.1 Relay access denied", { stage: "RCPT", login: "given" })).toMatch(/login was taken/);
    expect(fixOf("530 5.7.0 Authentication required", { stage: "MAIL", login: "given" })).toMatch(/login .* was taken/);
  });

  it("takes several receivers for a sign that there are too many", () => {
    const receivers = ["a@example.com", "b@example.com"];
    expect(judge("452 no", { stage: "RCPT", receivers })?.cause.id).toBe("too-many-receivers");
    expect(judge("452 no", { stage: "RCPT", receivers: ["a@example.com"] })?.cause.id).toBe("server-full");
  });

  it("sends for an application password where the provider takes no other", () => {
    expect(fixOf("535 5.7.8 Error: authentication failed", { stage: "AUTH", provider: "icloud" })).toMatch(
      /application password/,
    );
    expect(fixOf("535 5.7.8 Error: authentication failed", { stage: "AUTH" })).not.toMatch(
      /Create an application password/,
    );
  });

  it("does not read a stage's codes where the stage is not known, and reads words", () => {
    expect(judge("550 no", {})).toBeUndefined();
    expect(judge("550 Relay access denied", {})?.cause.id).toBe("relay-denied");
  });
});

describe("tells whether asking again helps", () => {
  it.each([
    ["451 Greylisted for 300 seconds", { kind: "soon", seconds: 300 }],
    ["451 Greylisted, come back in 00:10:00", { kind: "soon", seconds: 600 }],
    ["450 You are new here, please try again in 5 minutes", { kind: "soon", seconds: 300 }],
    ["450 4.3.2 Service currently unavailable", { kind: "soon", seconds: 10 }],
    ["451 sender address not allowed", { kind: "never" }],
    ["421 Denied", { kind: "never" }],
    ["451 4.7.0 Temporary server error. Please try again later. PRX5", { kind: "later", seconds: 300 }],
    ["451 4.7.500 Server busy. Please try again later from [192.0.2.7]. (S77719)", { kind: "later", seconds: 3_600 }],
    ["550 5.4.5 Daily user sending limit exceeded", { kind: "later", seconds: 86_400 }],
    ["550 5.1.1 User unknown", { kind: "never" }],
  ])("%s", (said, retry) => {
    expect(judge(said, { stage: "RCPT" })?.retry).toEqual(retry);
  });

  it.each([
    ["try again in 5 minutes", 300],
    ["greylisted for 90 s", 90],
    ["retry in 2 hours", 7_200],
    ["limit of 100 messages", undefined],
    ["wait 999999 hours", undefined],
    ["in 00:05:00", 300],
    ["for 01:02:03", 3_723],
    ["in 24:00:00", 86_400],
    ["in 24:00:01", undefined],
    ["in 00:00:00", undefined],
    ["wait 86400 s", 86_400],
    ["wait 86401 s", undefined],
    ["wait 0 seconds", undefined],
    ["limit of 30 mails an hour", undefined],
    ["wait 90s", 90],
    ["wait 90 sec", 90],
    ["wait 90 secs", 90],
    ["wait 1 second", 1],
    ["wait 5m", 300],
    ["wait 5 min", 300],
    ["wait 5 mins", 300],
    ["wait 1 minute", 60],
    ["wait 2h", 7_200],
    ["wait 1 hr", 3_600],
    ["wait 2 hrs", 7_200],
    ["wait 1 hour", 3_600],
  ])("hears in %j how long to wait", (words, seconds) => {
    expect(askedToWait(words)).toBe(seconds);
  });
});

it.each([
  [{ code: 450, enhanced: undefined }, "a temporary refusal"],
  [{ code: undefined, enhanced: "5.9.1" }, "a permanent refusal; subject 9"],
  [{ code: 450, enhanced: "5.9.1" }, "a temporary refusal; subject 9"],
  [{ code: 999, enhanced: undefined }, ""],
  [{ code: undefined, enhanced: undefined }, ""],
])("tells of %j what the codes alone mean: %s", (codes, meaning) => {
  expect(familyOf(codes)).toBe(meaning);
});

describe("at a mailbox", () => {
  const heard = (said: string) => classify(parseImapRefusal(said)!, { stage: "IMAP" });

  it("goes by the response code, and by nothing that looks like another one", () => {
    expect(heard("a1 NO [OVERQUOTA] Sorry")?.cause.id).not.toBe(heard("a1 NO [EXPIRED] Sorry")?.cause.id);
    expect(heard("a1 NO [EXPIRED] Sorry")?.evidence).toBe("family of the code");
    expect(heard("a1 NO [SOMETHINGELSE] Sorry")).toBeUndefined();
    expect(heard("a1 NO Sorry")).toBeUndefined();
  });

  it("speaks of the mailbox where the words are those of an SMTP server", () => {
    const [mailbox, server] = [heard("a1 NO Too many connections from your IP"), judge("421 Too many connections", {})];
    expect(mailbox?.cause.id).toMatch(/^imap-/);
    expect(server?.cause.id).not.toMatch(/^imap-/);
    expect(mailbox?.summary).toBe(mailbox?.cause.summary);
  });
});

describe("does not know", () => {
  it("and says so, with the family of the code and the server's words", () => {
    const said = "550 5.7.0 Blue moon in the third house";
    const { problem, interpretation, retry } = explainReply(parseReply(said)!, { stage: "RCPT" });
    expect(interpretation?.evidence ?? "none").toMatch(/none|family/);
    expect(problem).toMatchObject({ code: "mail/refused", evidence: said });
    expect(retry).toEqual({ kind: "never" });
    const other = explainReply(parseReply("599 5.9.1 Blue moon")!, { stage: "MAIL" });
    expect(other.interpretation).toBeUndefined();
    expect(other.problem.summary).toBe("The server refused MAIL (a permanent refusal; subject 9)");
  });

  it("what a 550 at RCPT means whose words nobody knows", () => {
    const { problem, interpretation } = explainReply(parseReply("550 Mercury is retrograde this week")!, {
      stage: "RCPT",
    });
    expect(interpretation).toBeUndefined();
    expect(problem.code).toBe("mail/refused");
  });

  it("and calls a temporary refusal temporary", () => {
    const { problem, retry } = explainReply(parseReply("499 4.9.9 Blue moon")!, { stage: "RCPT" });
    expect(problem).toMatchObject({ code: "mail/refused-for-now", fix: expect.stringMatching(/temporary/) });
    expect(retry.kind).toBe("later");
  });
});
