import { capabilitiesInWords, parseCapabilities } from "../../../lib/mail/smtp/capabilities";
import { makeReply } from "../../../lib/mail/smtp/reply";
import { probed, tested } from "../../support/diagnosed";

const offering = (...lines: string[]) => parseCapabilities(makeReply(250, ["mail.example.com", ...lines]));

it("says in words what a mail may need, and what of it is missing", () => {
  const capabilities = offering("SIZE 10240000", "PIPELINING", "8BITMIME", "AUTH PLAIN LOGIN", "X-OWN 1");
  expect(capabilitiesInWords(capabilities)).toBe(
    "messages up to 10.2 MB (SIZE 10240000), commands in one go (PIPELINING), 8-bit text (8BITMIME), " +
      "logins by PLAIN, LOGIN (AUTH), X-OWN 1; not offered: SMTPUTF8",
  );
});

it.each([
  ["SIZE", "messages of any size (SIZE)"],
  ["SIZE 0", "messages of any size (SIZE 0)"],
  ["SIZE 2048", "messages up to 2 kB (SIZE 2048)"],
  ["SMTPUTF8", "addresses outside ASCII (SMTPUTF8)"],
  ["ENHANCEDSTATUSCODES", "enhanced status codes (ENHANCEDSTATUSCODES)"],
  ["REQUIRETLS", "encryption required all the way (REQUIRETLS)"],
])("says what %s is good for", (line, words) => {
  expect(capabilitiesInWords(offering(line))).toContain(words);
});

it("says nothing of what is missing where there are no extensions at all", () => {
  expect(capabilitiesInWords(offering())).toBe("no extensions offered");
});

const EHLO = (...keywords: string[]) =>
  `250-scripted.test\r\n${keywords.map((word) => `250-${word}\r\n`).join("")}250 AUTH PLAIN\r\n`;

describe("what the server offers decides what it is told", () => {
  it("announces the size where sizes are known, and nothing else", async () => {
    const mail = async (...keywords: string[]) =>
      (await probed({ script: { ehloTls: EHLO(...keywords) } })).lines.find((line) => line.startsWith("MAIL"));
    expect(await mail("SIZE 100000")).toBe("MAIL FROM:<alerts@example.com> SIZE=4096");
    expect(await mail("SIZE")).toBe("MAIL FROM:<alerts@example.com> SIZE=4096");
    expect(await mail("PIPELINING", "SMTPUTF8")).toBe("MAIL FROM:<alerts@example.com>");
  });

  it("greets a server that knows no EHLO the old way, and expects no extension of it", async () => {
    const { stage, lines } = await probed({
      script: { ehlo: "502 5.5.1 Command not implemented\r\n" },
      target: { security: "none", login: undefined },
    });
    expect(lines.filter((line) => /^(EHLO|HELO)/.test(line)).map((line) => line.slice(0, 4))).toEqual(["EHLO", "HELO"]);
    expect(stage("EHLO")).toMatchObject({ status: "passed", detail: expect.stringMatching(/^HELO only/) });
    expect(stage("MAIL").status).toBe("passed");
  });
});

describe("addresses outside ASCII", () => {
  const jorg = "jörg@example.com";
  const other = "oncall@example.com";

  it.each([probed, tested])("fail where the server does not take them, before they are sent", async (run) => {
    const { outcome, stage, lines } = await run({ target: { to: [jorg, other] } });
    expect(stage(`RCPT ${jorg}`)).toMatchObject({ status: "failed", problem: { code: "mail/smtputf8-not-offered" } });
    expect(stage(`RCPT ${other}`).status).toBe("passed");
    expect(outcome.receivers).toMatchObject([
      { status: "untried", attempts: 0, remedy: expect.stringContaining("SMTPUTF8") },
      { status: "accepted" },
    ]);
    expect(lines.filter((line) => /[^\x00-\x7f]/.test(line))).toEqual([]);
  });

  it.each([probed, tested])("fail as the sender, before anything is sent", async (run) => {
    const { stage, lines } = await run({ target: { from: "jörg@example.com" } });
    expect(stage("MAIL")).toMatchObject({ status: "failed", problem: { code: "mail/smtputf8-not-offered" } });
    expect(lines.filter((line) => line.startsWith("MAIL"))).toEqual([]);
  });

  it("fail the test when there are no other receivers", async () => {
    const { outcome, stage } = await tested({ target: { to: [jorg] } });
    expect(outcome.ok).toBe(false);
    expect(stage("DATA").status).toBe("skipped");
    expect(outcome.messageId).toBeUndefined();
  });

  it.each([probed, tested])("are announced where the server takes them", async (run) => {
    const { outcome, lines } = await run({ script: { ehloTls: EHLO("SMTPUTF8") }, target: { to: [jorg] } });
    expect(outcome.ok).toBe(true);
    expect(lines.filter((line) => line.startsWith("MAIL"))).toEqual(["MAIL FROM:<alerts@example.com> SMTPUTF8"]);
  });
});
