import { Redactor } from "../../lib/core/redaction";
import { addSecretUrl } from "../../lib/notify/secret-url";

it.each([
  [
    "of plain words",
    "https://ntfy.example.com/ouralerts",
    "POST https://ntfy.example.com/ouralerts failed",
    "ouralerts",
  ],
  [
    "with a port that is the usual one",
    "https://ntfy.example.com:443/ouralerts",
    "https://ntfy.example.com/ouralerts",
    "ouralerts",
  ],
  [
    "whose query is masked already",
    "https://a.example/flow?token=abc",
    "https://a.example/flow?token=(redacted)",
    "flow",
  ],
  [
    "of which a key alone is quoted",
    "https://a.example/h/KEY0123456789",
    "no such hook: KEY0123456789",
    "KEY0123456789",
  ],
  [
    "with a key in its query",
    "https://a.example/h?sig=abcdef0123456789",
    "sig was abcdef0123456789",
    "abcdef0123456789",
  ],
  [
    "that is quoted in another URL",
    "https://a.example/h/KEY-0001",
    "back=https%3A%2F%2Fa.example%2Fh%2FKEY-0001",
    "KEY-0001",
  ],
])("a URL %s is masked", (_, url, text, secret) => {
  const redactor = new Redactor();
  addSecretUrl(redactor, url);
  expect(redactor.redact(text)).not.toContain(secret);
});

it("its common words stay in other texts", () => {
  const redactor = new Redactor();
  addSecretUrl(redactor, "https://hooks.example.com/alerts?type=flows&sig=abcdef0123456789");
  expect(redactor.redact("acme/alerts: two flows are gone")).toBe("acme/alerts: two flows are gone");
});
