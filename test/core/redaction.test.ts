import { Redactor } from "../../lib/core/redaction";

describe("the redactor", () => {
  it.each([
    ["as it is", "smtp-secret-1"],
    ["base64", Buffer.from("smtp-secret-1").toString("base64")],
    ["with its user, as AUTH PLAIN sends it", Buffer.from("\0alerts\0smtp-secret-1").toString("base64")],
  ])("masks a secret %s", (_form, text) => {
    const redactor = new Redactor();
    redactor.addCredentials("alerts", "smtp-secret-1");
    expect(redactor.redact(`before ${text} after`)).toBe("before (redacted) after");
  });

  it("masks the longer of two secrets whole", () => {
    const redactor = new Redactor();
    redactor.add("abcd");
    redactor.add("abcdefgh");
    expect(redactor.redact("abcdefgh")).toBe("(redacted)");
  });

  it("masks URL- and JSON-encoded forms", () => {
    const redactor = new Redactor();
    redactor.add('p&"ss word');
    expect(redactor.redact("p%26%22ss%20word")).toBe("(redacted)");
    expect(redactor.redact(JSON.stringify({ p: 'p&"ss word' }))).toBe('{"p":"(redacted)"}');
  });

  it("masks credentials nobody told it of, but not what a server offers", () => {
    const redactor = new Redactor();
    expect(redactor.redact("AUTH PLAIN AGFsZXJ0cwBzZWNyZXQ=")).toBe("AUTH PLAIN (redacted)");
    expect(redactor.redact("250-AUTH PLAIN LOGIN, STARTTLS")).toBe("250-AUTH PLAIN LOGIN, STARTTLS");
    expect(redactor.redact("Authorization: Bearer abc.def")).not.toContain("abc.def");
    expect(redactor.redact("https://user:pass@example.com")).not.toContain("pass");
  });

  it("leaves alone what is too short to be a secret", () => {
    const redactor = new Redactor();
    redactor.add("abc");
    redactor.add(undefined);
    expect(redactor.redact("abc")).toBe("abc");
  });
});
