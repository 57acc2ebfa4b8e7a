import type { Socket } from "node:net";
import { lookFor, testMail } from "../../support/arrival";
import { ImapFolder } from "../../support/imap-folders";
import { HANG_UP, SILENCE, startScriptedImap, type ImapScript, type ScriptedImap } from "../../support/scripted-imap";

let server: ScriptedImap;
// Loading it takes longer than some of the steps below may.
beforeAll(() => import("imapflow"));
afterEach(() => server.close());

async function start(answers: ImapScript["answers"]): Promise<void> {
  server = await startScriptedImap({ answers }, { plain: true, folders: [new ImapFolder("Other")] });
  server.inbox.store(testMail());
}

const plain = { mailbox: { security: "none" as const, remove: true } };

/** Writes for as long as the other side listens, as fast as it takes it. */
function flood(socket: Socket, text: string): string {
  const chunk = text.repeat(Math.ceil(65_536 / text.length));
  const pour = () => {
    while (socket.writable && socket.write(chunk));
  };
  socket.on("drain", pour);
  setImmediate(pour);
  return SILENCE;
}

// Floods keep the processor busy on both sides.
jest.setTimeout(120_000);

describe("a connection that ends", () => {
  it.each(["NAMESPACE", "LIST", "EXAMINE", "UID SEARCH", "UID FETCH", "FETCH", "SELECT", "UID STORE", "UID EXPUNGE"])(
    "at %s fails of that, hung up or silent",
    async (command) => {
      for (const answer of [HANG_UP, SILENCE]) {
        // With nothing found by searching, FETCH is asked for by sequence number.
        const search: ImapScript["answers"] = { "UID SEARCH": "* SEARCH\r\n{tag} OK done\r\n" };
        await start({ ...(command === "FETCH" && search), [command]: answer });
        const { stage } = await lookFor(server, { ...plain, ms: 600 });
        expect(stage).toMatchObject({
          status: "failed",
          problem: { code: answer === HANG_UP ? "mail/imap-connection-closed" : "mail/imap-no-reply" },
        });
        expect(stage.detail).toContain(command === "NAMESPACE" ? "login" : command.replace("UID ", ""));
        await server.close();
      }
    },
  );

  it("by a BYE brings the server's reason", async () => {
    await start({
      "UID SEARCH": (_, { socket }) => {
        socket.end("* BYE disconnected for inactivity\r\n");
        return SILENCE;
      },
    });
    const { stage } = await lookFor(server, plain);
    expect(stage).toMatchObject({ status: "failed", problem: { code: "mail/imap-connection-closed" } });
    expect(stage.detail).toContain("disconnected for inactivity");
  });

  it.each([
    ["says goodbye", {}],
    ["does not say goodbye", { LOGOUT: SILENCE }],
  ])("is ended by us as well when the server %s", async (_, answers: ImapScript["answers"]) => {
    await start(answers);
    await lookFor(server, plain);
    await server.quiet();
    expect(server.connections()).toBe(0);
  });
});

describe("answers", () => {
  it.each([
    ["without end on one line", "x"],
    ["without end in lines", "* OK still here\r\n"],
    ["without end in folders", '* LIST () "/" Folder\r\n'],
    ["without end in literals", '* LIST () "/" {9}\r\n123456789\r\n'],
    ["that are no IMAP", "\0\x80)((\r\n"],
    ["for others", "Z99 OK done\r\n"],
  ])("%s are given up", async (_, text) => {
    await start({ LIST: (__, { socket }) => flood(socket, text) });
    const before = process.memoryUsage().rss;
    const { stage } = await lookFor(server, { ...plain, ms: 1_000 });
    expect(stage.status).toBe("failed");
    expect(stage.problem!.code).toMatch(/^mail\/imap-(protocol-violation|no-reply)$/);
    expect(process.memoryUsage().rss - before).toBeLessThan(400 * 1_048_576);
  });

  it.each([
    ["long lines", `* OK ${"x".repeat(60_000)}\r\n`],
    ["long literals", `* LIST () "/" {1000000}\r\n${"x".repeat(1_000_000)}\r\n`],
  ])("without end in %s are given up for their size, long before the time is over", async (_, text) => {
    await start({ LIST: (__, { socket }) => flood(socket, text) });
    const { stage } = await lookFor(server, { ...plain, ms: 60_000 });
    expect(stage).toMatchObject({ status: "failed", problem: { code: "mail/imap-protocol-violation" } });
    expect(stage.detail).toContain("more than 32 MB");
  });

  it("as long as 4 GB are not waited for", async () => {
    await start({ "UID FETCH": "* 1 FETCH (UID 1 BODY[] {4294967295}\r\nabc" });
    const { stage } = await lookFor(server, { ...plain, ms: 5_000 });
    expect(stage).toMatchObject({ status: "failed", problem: { code: "mail/imap-protocol-violation" } });
  });

  it.each([
    ["a search", "UID SEARCH", `* ESEARCH (TAG "x") UID ALL ${"1:4294967295,".repeat(4_000)}1`],
    ["what vanished", "EXAMINE", "* VANISHED 1:4294967295"],
    ["what vanished, later", "UID SEARCH", "* VANISHED (EARLIER) 1:4294967295"],
    ["how many there are", "EXAMINE", "* 4294967295 EXISTS"],
  ])("that spell out %s do not keep us busy", async (_, command, line) => {
    await start({
      [command]: (__, { socket }) => {
        for (let count = 0; count < 3; count++) socket.write(`${line}\r\n`);
        return undefined;
      },
    });
    const { stage } = await lookFor(server, { ...plain, ms: 5_000 });
    expect(stage.status).toMatch(/passed|failed/);
  });

  it("nested without end are given up", async () => {
    await start({ LIST: `* LIST ${"(".repeat(100_000)}\r\n{tag} OK done\r\n` });
    const { stage } = await lookFor(server, { ...plain, ms: 3_000 });
    expect(stage.status).toBe("failed");
  });

  it("cannot write to the terminal", async () => {
    await start({ EXAMINE: "{tag} NO \x1b[2Jgone\x07\r\n" });
    const { stage } = await lookFor(server, plain);
    expect(stage.detail).toContain("gone");
    expect(JSON.stringify(stage)).not.toMatch(/\\u001b|\\u0007/);
  });

  it("name folders that nobody can name", async () => {
    const names = ["__proto__", "constructor", "", "a\u202eb", "&AOk", "&", "x".repeat(5_000)];
    await start({
      LIST: `${["INBOX", ...names].map((name) => `* LIST () "/" "${name}"\r\n`).join("")}{tag} OK done\r\n`,
      EXAMINE: (line) => (line === "EXAMINE INBOX" ? undefined : "{tag} NO no\r\n"),
    });
    expect((await lookFor(server, plain)).stage).toMatchObject({ status: "passed" });
  });

  it("without any folder say that INBOX is missing", async () => {
    await start({ LIST: "{tag} OK done\r\n" });
    expect((await lookFor(server, plain)).stage.problem).toMatchObject({ code: "mail/imap-folder-missing" });
  });

  it("with thousands of folders are cut", async () => {
    const names = Array.from({ length: 5_000 }, (_, index) => `* LIST () "/" Folder${index}\r\n`);
    await start({ LIST: `* LIST () "/" INBOX\r\n${names.join("")}{tag} OK done\r\n`, EXAMINE: "{tag} NO no\r\n" });
    const { stage } = await lookFor(server, { ...plain, ms: 3_000 });
    expect(stage.status).toBe("failed");
  });
});

it("an interruption ends the wait at once", async () => {
  await start({ "UID SEARCH": SILENCE });
  const { stage } = await lookFor(server, { ...plain, ms: 600_000, signal: AbortSignal.timeout(300) });
  expect(stage).toMatchObject({ status: "failed", problem: { code: "mail/imap-interrupted" } });
});
