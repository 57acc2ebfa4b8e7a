import { lookFor, testMail } from "../../support/arrival";
import { startScriptedImap, IMAP_DEFAULTS, type ImapScript, type ScriptedImap } from "../../support/scripted-imap";

let server: ScriptedImap;
afterEach(() => server.close());

/** A mailbox with the test mail between two others, one of which its owner has marked as deleted. */
async function start(script: Partial<ImapScript> = {}): Promise<void> {
  server = await startScriptedImap(script);
  server.inbox.store(testMail({ id: "<old@x>", subject: "old" }), Date.now(), ["\\Deleted"]);
  server.inbox.store(testMail());
  server.inbox.store(testMail({ id: "<new@x>", subject: "new" }));
}

const left = () => server.inbox.messages.map(({ uid }) => uid);
const remove = { mailbox: { remove: true } };

it("deletes the test mail and no other, though another is marked", async () => {
  await start();
  const { stage, arrival } = await lookFor(server, remove);
  expect(stage).toMatchObject({ status: "passed" });
  expect(stage.detail).toContain("deleted");
  expect(arrival!.raw.toString()).toBe(testMail());
  expect(left()).toEqual([1, 3]);
});

it("deletes nothing unless told to", async () => {
  await start();
  await lookFor(server);
  expect(left()).toEqual([1, 2, 3]);
});

it("marks it, no more, where the server can only delete all that is marked", async () => {
  await start({ capabilitiesTls: IMAP_DEFAULTS.capabilitiesTls.replace(" UIDPLUS", "") });
  const { stage } = await lookFor(server, remove);
  expect(stage).toMatchObject({ status: "warning", problem: { code: "mail/imap-marked-only" } });
  expect(left()).toEqual([1, 2, 3]);
  expect(server.inbox.messages[1]!.flags).toContain("\\Deleted");
  expect(server.lines.filter((line) => /^(UID )?EXPUNGE|^CLOSE/.test(line))).toEqual([]);
});

it.each(["SELECT", "UID STORE", "UID EXPUNGE"])("warns when %s is refused: the mail did arrive", async (command) => {
  await start({ answers: { [command]: "{tag} NO [NOPERM] not allowed\r\n" } });
  const { stage, arrival } = await lookFor(server, remove);
  expect(stage).toMatchObject({ status: "warning", problem: { code: "mail/imap-not-removed" } });
  expect(stage.detail).toContain("not allowed");
  expect(arrival).toBeDefined();
});
