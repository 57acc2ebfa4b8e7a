import { Redactor } from "../../lib/core/redaction";

describe("a redactor", () => {
  const redactor = new Redactor();
  redactor.addCredentials("alerts", 'p"ss w/rd+1');

  it.each([
    ["as it is", 'x p"ss w/rd+1 y'],
    ["in JSON", JSON.stringify({ password: 'p"ss w/rd+1' })],
    ["in a URL", `https://h/?p=${encodeURIComponent('p"ss w/rd+1')}`],
    ["in base64", Buffer.from('p"ss w/rd+1').toString("base64")],
    ["in AUTH PLAIN", `AUTH PLAIN ${Buffer.from('\0alerts\0p"ss w/rd+1').toString("base64")}`],
    ["in HTTP Basic", `Basic ${Buffer.from('alerts:p"ss w/rd+1').toString("base64")}`],
  ])("masks what it was told, %s", (_form, text) => {
    const masked = redactor.redact(text);
    expect(masked).toContain("(redacted)");
    expect(masked).not.toMatch(/ss w|cCJzcy|cFwic3M|p%22ss/);
  });

  it("masks the longer of two secrets that begin alike", () => {
    const both = new Redactor();
    both.add("secret");
    both.add("secret-and-more");
    expect(both.redact("secret-and-more")).toBe("(redacted)");
  });

  it.each([
    ["Authorization: Bearer abc.def", "Authorization: Bearer (redacted)"],
    ['"X-Ovh-Signature":"$1$abcdef"', '"X-Ovh-Signature":"(redacted)"'],
    ["AUTH PLAIN AGFsZXJ0cwBzZWNyZXQ=", "AUTH PLAIN (redacted)"],
    ["client_id=me&client_secret=abc&scope=all", "client_id=me&client_secret=(redacted)&scope=all"],
    ["http://user:pass@proxy:8080/", "http://user:(redacted)@proxy:8080/"],
  ])("masks what is secret by its shape: %s", (line, masked) => {
    expect(new Redactor().redact(line)).toBe(masked);
  });

  it.each(["AUTH PLAIN LOGIN, STARTTLS", "250-AUTH LOGIN PLAIN", "https://host:8080/path@x", "a short pw"])(
    "leaves alone what only looks alike: %s",
    (line) => expect(new Redactor().redact(line)).toBe(line),
  );

  it.each(["true", "default", "STARTTLS", "587", "2525", "20260"])(
    "does not mask what systems and protocols say themselves: %s",
    (word) => {
      const careless = new Redactor();
      careless.add(word);
      expect(careless.redact(`set to ${word}`)).toBe(`set to ${word}`);
    },
  );

  it("masks what another one has learnt", () => {
    const [mine, theirs] = [new Redactor(), new Redactor()];
    mine.add("first-secret");
    theirs.add("second-secret");
    mine.redact("so that it is compiled");
    mine.include(theirs);
    expect(mine.redact("first-secret second-secret")).toBe("(redacted) (redacted)");
  });

  it("does not mask what is too short to be told from other text", () => {
    const careless = new Redactor();
    careless.add("abc");
    expect(careless.redact("abc alphabet abc")).toBe("abc alphabet abc");
  });
});
