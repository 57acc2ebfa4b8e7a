import { runCommandLine } from "../../lib/cli/program";
import type { InitialSurroundings } from "../../lib/cli/surroundings";

async function explain(argv: readonly string[], input?: string) {
  const out: string[] = [];
  const err: string[] = [];
  const surroundings: InitialSurroundings = {
    out: (line) => out.push(line),
    err: (line) => err.push(line),
    environment: {},
    homeDirectory: "/nowhere",
    workingDirectory: "/nowhere",
    nodeVersion: "20.11.0",
    platform: "linux",
    interrupted: new AbortController().signal,
    ...(input === undefined ? {} : { input: () => Promise.resolve(input) }),
  };
  const exitCode = await runCommandLine(["explain", ...argv], surroundings);
  return { exitCode, out: out.join("\n"), err: err.join("\n") };
}

it("says what a reply means, what to do in options, and whether to ask again", async () => {
  const { exitCode, out } = await explain(["550 5.7.1 Unable to relay", "--stage", "RCPT"]);
  expect(exitCode).toBe(0);
  expect(out).toMatch(/mail\/relay-denied/);
  expect(out).toMatch(/Log in with --username/);
  expect(out).toMatch(/asking again does not help/);
});

it("takes a reply that nobody has quoted", async () => {
  expect((await explain(["451", "Greylisted", "for", "300", "seconds"])).out).toMatch(
    /asking again helps, after 5 min/,
  );
});

it("knows the provider by the server's name", async () => {
  const reply = "535 5.7.8 Error: authentication failed";
  expect((await explain([reply])).out).not.toMatch(/Create an application password/);
  expect((await explain([reply, "--host", "smtp.mail.me.com"])).out).toMatch(/Create an application password/);
});

it("reads a log from standard input, says each reply once, and takes the stage from it", async () => {
  const line =
    "postfix/smtp[1]: status=bounced (host mx.example.com[192.0.2.25] said: 550 5.1.1 <b@example.com>: User unknown (in reply to RCPT TO command))";
  const { out } = await explain(["--json"], `${line}\n${line}\n`);
  expect(JSON.parse(out).replies).toEqual([
    expect.objectContaining({
      code: "mail/no-such-mailbox",
      stage: "RCPT",
      known: true,
      retry: { helps: false, afterSeconds: null },
    }),
  ]);
});

it("says that it does not know, with the family of the code, and ends with 1", async () => {
  const { exitCode, out } = await explain(["550 5.9.1 Blue moon in the third house"]);
  expect(exitCode).toBe(1);
  expect(out).toMatch(/a permanent refusal; subject 9.*\n.*See the server's words[^]*nobody here knows/);
});

it("finds nothing to explain where nothing was refused", async () => {
  const { exitCode, err } = await explain([], "250 2.0.0 Ok\n");
  expect(exitCode).toBe(1);
  expect(err).toMatch(/There is no refusal[^]*\(cli\/no-refusal\)/);
});

it("takes no stage that does not exist", async () => {
  expect((await explain(["550 no", "--stage", "LUNCH"])).exitCode).toBe(2);
});

describe("a bounce", () => {
  const message = (...parts: readonly string[]) =>
    [
      "Return-Path: <>\nFrom: MAILER-DAEMON@mx.example.com\nTo: alerts@example.com\nSubject: Undelivered Mail",
      'MIME-Version: 1.0\nContent-Type: multipart/report; report-type=delivery-status; boundary="b/1"\n',
      ...parts.map((part) => `--b/1\n${part}\n`),
      "--b/1--\n",
    ].join("\n");
  const original = "Content-Type: message/rfc822\n\nFrom: a@example.com\nSubject: alert 550 hosts down\n\nbody";
  const encoded = (type: string, text: string) =>
    `Content-Type: ${type}; charset=utf-8\nContent-Transfer-Encoding: base64\n\n${Buffer.from(text).toString("base64")}`;
  const read = async (input: string) => {
    const { exitCode, out, err } = await explain(["--json"], input);
    expect(err).toBe("");
    return { exitCode, replies: JSON.parse(out).replies as { reply: string; code: string }[] };
  };

  it("with a report says each refusal once, and nothing of the message that it brings back", async () => {
    const { exitCode, replies } = await read(
      message(
        "Content-Type: text/plain\n\n<ops@example.org>: host mail.example.org said: 550 5.1.1\n    <ops@example.org>: User unknown",
        "Content-Type: message/delivery-status\n\nReporting-MTA: dns; mx.example.com\n\nFinal-Recipient: rfc822; ops@example.org\nAction: failed\nStatus: 5.1.1\nDiagnostic-Code: smtp; 550 5.1.1 <ops@example.org>:\n    User unknown in virtual mailbox table",
        original,
      ),
    );
    expect(exitCode).toBe(0);
    expect(replies).toEqual([
      expect.objectContaining({
        reply: "550 5.1.1 <ops@example.org>: User unknown in virtual mailbox table",
        code: "mail/no-such-mailbox",
      }),
    ]);
  });

  it("whose report has no words of the server is read in its text, whatever that is packed in", async () => {
    const { replies } = await read(
      message(
        encoded("text/plain", "Remote server returned '550 5.7.1 TRANSPORT.RULES.RejectMessage; by policy'\n"),
        "Content-Type: message/delivery-status\n\nReporting-MTA: dns; mx.example.com\n\nAction: failed",
        original,
      ),
    );
    expect(replies).toMatchObject([{ code: "mail/receiver-refused-by-policy" }]);
  });

  it("that has only a page is read as well", async () => {
    const { replies } = await read(message(encoded("text/html", "<p>said: <b>550 5.1.1 User unknown</b></p>")));
    expect(replies).toMatchObject([{ code: "mail/no-such-mailbox" }]);
  });

  it("in lines that are broken by quoted-printable is put together again", async () => {
    const { replies } = await read(
      message(
        "Content-Type: text/plain\nContent-Transfer-Encoding: quoted-printable\n\nThe response was:\n550 5.7.26 Your mail has been blocked because the sender is unauthenti=\ncated. Result: DKIM =3D did not pass",
      ),
    );
    expect(replies).toMatchObject([{ reply: expect.stringMatching(/unauthenticated\. Result: DKIM = did not pass$/) }]);
  });

  it.each([
    "--- Below this line is a copy of the message.\n\nReturn-Path: <alerts@example.com>",
    "------ This is a copy of the message, including all the headers. ------",
    "   ----- Original message follows -----",
  ])("without parts is read up to %p", async (line) => {
    const { replies } = await read(
      `From: MAILER-DAEMON@example.net\nSubject: failure notice\n\n<ops@example.org>:\nRemote host said: 550 5.1.1 No such user\n\n${line}\nSubject: alert 550 hosts down\n`,
    );
    expect(replies).toMatchObject([{ reply: "550 5.1.1 No such user" }]);
  });

  it.each([
    ["qmail", "<b@example.org>:\n192.0.2.9 does not like recipient.\nRemote host said: 550 No such user here", "RCPT"],
    ["qmail", "192.0.2.9 failed after I sent the message.\nRemote host said: 554 looks like spam", "DATA"],
    ["Exim", "  SMTP error from remote mail server after RCPT TO:<b@example.org>:\n    550 No such user here", "RCPT"],
  ])("tells the stage in the line before the server's words: %s", async (_, text, stage) => {
    const { replies } = await read(`From: MAILER-DAEMON@example.net\nSubject: failure notice\n\n${text}\n`);
    expect(replies).toMatchObject([{ stage, known: true }]);
  });

  it("that cannot be taken apart is read as it stands", async () => {
    const deep = "--a\nContent-Type: multipart/mixed; boundary=a\n\n".repeat(5_000);
    const header = "Subject: x\nContent-Type: multipart/mixed; boundary=a\n\n";
    const { replies } = await read(`${header}550 5.1.1 User unknown\n${deep}`);
    expect(replies).toMatchObject([{ code: "mail/no-such-mailbox" }]);
  });

  it("without a refusal says so", async () => {
    const { exitCode, err } = await explain([], message("Content-Type: text/plain\n\nDelivered.", original));
    expect(exitCode).not.toBe(0);
    expect(err).toMatch(/no refusal in these words/);
  });
});

describe("a transcript that shows a login", () => {
  const base64 = (text: string) => Buffer.from(text).toString("base64");
  const plain = base64("\0alerts\0s3cret-pass");
  it.each([
    ["AUTH PLAIN", `C: AUTH PLAIN ${plain}\nS: 535 5.7.8 ${plain} s3cret-pass of alerts rejected`],
    [
      "AUTH LOGIN",
      `-> AUTH LOGIN\n<- 334 VXNlcm5hbWU6\n-> ${base64("alerts@example.com")}\n<- 334 UGFzc3dvcmQ6\n-> ${base64("s3cret-pass")}\n535 5.7.8 ${base64("s3cret-pass")} s3cret-pass rejected`,
    ],
    [
      "XOAUTH2",
      `AUTH XOAUTH2 ${base64("user=alerts\x01auth=Bearer s3cret-pass\x01\x01")}\n535 5.7.8 s3cret-pass is no token`,
    ],
    ["swaks", ` ~> AUTH PLAIN ${plain}\n<~* 535 5.7.8 s3cret-pass rejected`],
  ])("does not show it again: %s", async (_, transcript) => {
    const { out } = await explain([], transcript);
    expect(out).toMatch(/mail\/login-refused/);
    expect(out).not.toMatch(/s3cret-pass/);
    expect(out).not.toContain(plain);
    expect(out).not.toContain(base64("s3cret-pass"));
  });

  it("leaves words alone that are no login", async () => {
    const { out } = await explain([], "AUTH LOGIN\n250 rejected\n550 5.1.1 rejected");
    expect(out).toMatch(/550 5\.1\.1 rejected/);
  });
});
