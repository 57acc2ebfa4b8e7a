import { runCommandLine } from "../../lib/cli/program";
import type { Surroundings } from "../../lib/cli/surroundings";

async function explain(argv: readonly string[], input?: string) {
  const out: string[] = [];
  const err: string[] = [];
  const surroundings: Surroundings = {
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
    /asking again helps, after 5 minutes/,
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
  expect(JSON.parse(out)).toEqual([
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
