import { createHmac } from "node:crypto";
import { WireSecrets } from "../../../lib/mail/wire/secrets";

const username = "alerts";
const password = "correct horse-battery/1";
const plain = Buffer.from(`\0${username}\0${password}`).toString("base64");

function knowing(): WireSecrets {
  const secrets = new WireSecrets();
  secrets.learn({ username, password });
  return secrets;
}

const base64 = (text: string) => Buffer.from(text).toString("base64");
const hex = (text: string) => Buffer.from(text).toString("hex");
const percent = (text: string) => hex(text).replace(/../g, "%$&");

it.each([
  ["as it is", password],
  ["in capitals", password.toUpperCase()],
  ["in base64", base64(password)],
  ["in base64 after one other byte", base64(`x${password}`)],
  ["in base64 after two other bytes", base64(`xy${password}`)],
  ["in base64 twice", base64(base64(password))],
  ["in base64 for addresses", Buffer.from(`??>${password}`).toString("base64url")],
  ["as AUTH PLAIN sent it", plain],
  ["as AUTH PLAIN sent it, glued to other words", `token=${plain};x`],
  ["as XOAUTH2 sent it", base64(`user=${username}\x01auth=Bearer ${password}\x01\x01`)],
  ["only the second half of what AUTH PLAIN sent", plain.slice(-20)],
  ["in base64, glued to what looks like more of it", `ab${base64(`hel ${password}`)}`],
  ["hexadecimal", hex(password)],
  ["hexadecimal with colons", hex(password).replace(/..(?=.)/g, "$&:")],
  ["percent-encoded", percent(password)],
  ["quoted-printable", hex(password).toUpperCase().replace(/../g, "=$&")],
  ["as JSON escapes", [...password].map((c) => `\\u00${hex(c)}`).join("")],
  ["spaced out", [...password].join(" ")],
  ["with null bytes in between", [...password].join("\0")],
])("finds and hides a password %s", (_, written) => {
  const secrets = knowing();
  const said = `535 5.7.8 not this one: ${written} (user alerts)`;
  expect(secrets.isIn(said)).toBe(true);
  const clean = secrets.clean(said);
  expect(clean).toContain("redacted");
  expect(clean).not.toContain(written);
  expect(secrets.isIn(clean)).toBe(false);
});

it("knows several logins: that of the server, and that of the mailbox", () => {
  const secrets = knowing();
  secrets.learn({ username: "oncall", password: "another-password-2" });
  secrets.learnChallenge(base64("<1.2@example.com>"));
  for (const each of [password, "another-password-2"]) {
    expect(secrets.isIn(`535 ${base64(each)}`)).toBe(true);
    expect(secrets.isIn(createHmac("md5", each).update("<1.2@example.com>").digest("hex"))).toBe(true);
  }
});

it("finds a piece of what AUTH LOGIN sent", () => {
  const secrets = new WireSecrets();
  secrets.learn({ username: "alert", password });
  expect(secrets.isIn(`535 ${base64(password).slice(5, 19)}`)).toBe(true);
});

it("hides the digest of CRAM-MD5, from which the password can be guessed", () => {
  const secrets = knowing();
  const challenge = "<1.2@example.com>";
  secrets.learnChallenge(base64(challenge));
  const digest = createHmac("md5", password).update(challenge).digest("hex");
  expect(secrets.clean(`535 ${digest} is wrong`)).not.toContain(digest);
  expect(secrets.clean(`535 ${base64(`${username} ${digest}`)} is wrong`)).toMatch(
    /^535 \S{0,12}\(redacted\) is wrong$/,
  );
});

it.each([
  "220 mail.example.com ESMTP Postfix (Debian/GNU)",
  "250-AUTH PLAIN LOGIN CRAM-MD5 XOAUTH2",
  "250 2.0.0 Ok: queued as 4F2A1B3C5D",
  "535 5.7.8 Error: authentication failed: UGFzc3dvcmQ6",
  "250 2.1.0 alerts@example.com... Sender ok",
  "354 End data with <CR><LF>.<CR><LF>",
])("leaves alone what is none: %s", (said) => {
  expect(knowing().clean(said)).toBe(said);
});

it("keeps the rest of the line where the secret can be cut out", () => {
  expect(knowing().clean(`535 5.7.8 bad token ${plain}, user alerts`)).toBe(
    "535 5.7.8 bad token (redacted), user alerts",
  );
});

it("finds a password that is not ASCII", () => {
  const secrets = new WireSecrets();
  secrets.learn({ username, password: "Größe-über-alles" });
  expect(secrets.clean(`535 ${base64("xGröße-über-alles")}`)).toMatch(/^535 \S?\(redacted\)$/);
  expect(secrets.clean("535 größe-ÜBER-alles Größe-über-alles")).not.toContain("Größe");
});

it("tells nobody what it knows", () => {
  expect(JSON.stringify(knowing())).toBe("{}");
});

it("hides nothing when it knows nothing, and a short password where it is a word", () => {
  const secrets = new WireSecrets();
  expect(secrets.clean("250 abc")).toBe("250 abc");
  secrets.learn({ username, password: "abc" });
  expect(secrets.clean("250 abc, alphabet abcd")).toBe("250 (redacted), alphabet abcd");
});
