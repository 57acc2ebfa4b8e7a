import { lookFor, MESSAGE_ID, SUBJECT, testMail } from "../../support/arrival";
import { ImapFolder } from "../../support/imap-folders";
import {
  startScriptedImap,
  type ImapScript,
  type ScriptedImap,
  type ScriptedImapOptions,
} from "../../support/scripted-imap";

let server: ScriptedImap;
afterEach(() => server.close());

async function start(script: Partial<ImapScript> = {}, options: ScriptedImapOptions = {}): Promise<ScriptedImap> {
  return (server = await startScriptedImap(script, options));
}

describe("a mail that arrived", () => {
  it("is found in INBOX over STARTTLS, and says by whose clock", async () => {
    await start();
    server.inbox.store("Subject: another\r\nMessage-ID: <other@example.com>\r\n\r\nhello\r\n");
    server.inbox.store(testMail());
    const { stage, arrival } = await lookFor(server);
    expect(stage).toMatchObject({ name: "arrival", status: "passed" });
    expect(stage.detail).toMatch(/^found in INBOX at most .* after the server took it \(by .* clock.*TLSv1\.3/);
    expect(arrival).toMatchObject({ folder: "INBOX", junk: false });
    expect(arrival!.latencyMs).toBeGreaterThanOrEqual(0);
    expect(arrival!.raw.toString()).toBe(testMail());
  });

  it.each([
    ["implicit TLS", { implicitTls: true }, { security: "tls" as const }],
    ["no encryption", { plain: true }, { security: "none" as const }],
  ])("is found over %s", async (_, options, mailbox) => {
    await start({}, options);
    server.inbox.store(testMail());
    expect((await lookFor(server, { mailbox })).stage).toMatchObject({ status: "passed" });
  });

  it("leaves the mailbox as it was: nothing is opened for writing, nothing is marked", async () => {
    await start({}, { folders: [new ImapFolder("Junk", ["\\Junk"])] });
    server.inbox.store(testMail());
    await lookFor(server);
    expect(server.lines.filter((line) => /^(SELECT|UID STORE|EXPUNGE|UID EXPUNGE|CLOSE)/.test(line))).toEqual([]);
    expect([...server.inbox.messages[0]!.flags]).toEqual([]);
  });

  it("brings what receiving servers found, topmost first and unfolded", async () => {
    await start();
    const head = [
      "Authentication-Results: mx.example.net;\r\n spf=pass smtp.mailfrom=example.com;\r\n\tdkim=pass\r\n",
      "ARC-Authentication-Results: i=1; relay.example.net; spf=softfail\r\n",
      "Authentication-Results: relay.example.net; spf=softfail\r\n",
    ].join("");
    server.inbox.store(testMail({ head }));
    const { arrival } = await lookFor(server);
    expect(arrival!.authenticationResults).toEqual([
      "mx.example.net; spf=pass smtp.mailfrom=example.com; dkim=pass",
      "relay.example.net; spf=softfail",
    ]);
    expect(arrival!.arcAuthenticationResults).toEqual(["i=1; relay.example.net; spf=softfail"]);
  });

  it("is waited for, in growing pauses, in folders that come into being too", async () => {
    let looks = 0;
    await start({
      answers: {
        EXAMINE: () => {
          if (++looks === 4) server.folders.set("Alerts", new ImapFolder("Alerts"));
          if (looks === 5) server.folders.get("Alerts")!.store(testMail());
          return undefined;
        },
      },
    });
    const { stage, arrival, pauses } = await lookFor(server, {
      hurried: true,
      ms: 120_000,
      mailbox: { waitMs: 60_000, folder: "INBOX" },
    });
    expect(pauses.slice(0, 3)).toEqual([1_000, 2_000, 3_000]);
    expect(arrival!.folder).toBe("Alerts");
    expect(stage).toMatchObject({ status: "warning", problem: { code: "mail/arrived-elsewhere" } });
    expect(stage.detail).toContain("not in INBOX");
  });

  it("counts as arrived where it was expected when a rule has put a copy elsewhere meanwhile", async () => {
    const answers = {
      EXAMINE: (line: string) => {
        const late = line.includes("Alerts") && server.inbox.messages.length === 0;
        for (const name of late ? ["INBOX", "Alerts"] : []) server.folders.get(name)!.store(testMail());
        return undefined;
      },
    };
    await start({ answers }, { folders: [new ImapFolder("Alerts")] });
    const { stage, arrival } = await lookFor(server);
    expect(stage).toMatchObject({ status: "passed" });
    expect(arrival).toMatchObject({ folder: "INBOX" });
  });

  it("is found by its own header where the server rewrites ids and a gateway the subject", async () => {
    await start();
    const head = "X-Outbound-Test: 0123456789ab\r\n";
    server.inbox.store(testMail({ id: "<1@amazonses.com>", subject: "somewhat else", head }));
    const { stage } = await lookFor(server, { sent: { id: "0123456789ab" } });
    expect(stage.status).toBe("passed");
  });

  it("is found by a subject that travels as encoded words", async () => {
    await start();
    const subject = "[EXT] =?UTF-8?Q?[TEST]_V=C3=A9rif?= =?UTF-8?Q?ication?=";
    server.inbox.store(testMail({ id: "<1@amazonses.com>", subject }));
    const { stage } = await lookFor(server, { sent: { subject: "[TEST] Vérification" } });
    expect(stage.status).toBe("passed");
  });

  it("is no arrival where the sender's own copy lies among everything", async () => {
    await start({}, { folders: [new ImapFolder("All Mail", ["\\All"])] });
    server.folders.get("All Mail")!.store(testMail());
    const own = await lookFor(server, { sent: { from: "oncall@example.com" } });
    expect(own.stage.problem!.code).toBe("mail/not-arrived");
    const other = await lookFor(server, { sent: { from: "alerts@example.com" } });
    expect(other.stage).toMatchObject({ status: "warning", problem: { code: "mail/arrived-archived" } });
  });

  it("is found by its subject where a gateway gave it another id", async () => {
    await start();
    server.inbox.store(testMail({ id: "<gw-1@gateway.example>", subject: `[EXTERNAL] ${SUBJECT}` }));
    expect((await lookFor(server)).stage).toMatchObject({ status: "passed" });
  });

  it("is not mistaken for an answer to it", async () => {
    await start();
    const head = `In-Reply-To: ${MESSAGE_ID}\r\n`;
    server.inbox.store(testMail({ id: "<reply-1@example.com>", subject: `Re: ${SUBJECT}`, head }));
    expect((await lookFor(server)).stage).toMatchObject({ status: "failed", problem: { code: "mail/not-arrived" } });
  });
});

describe("a server that searches badly", () => {
  it.each([
    ["finds nothing", "* SEARCH\r\n{tag} OK done\r\n"],
    ["refuses to", "{tag} NO [CANNOT] not indexed\r\n"],
    ["does not know how to", "{tag} BAD what?\r\n"],
    ["finds everything", "* SEARCH 1 2 3 4 5\r\n{tag} OK done\r\n"],
    ["finds what is not there", "* SEARCH 4711 x -1 1e400\r\n{tag} OK done\r\n"],
  ])("and %s is helped: the newest messages are looked at", async (_, answer) => {
    await start({ answers: { "UID SEARCH": answer } });
    for (let count = 0; count < 4; count++) server.inbox.store(testMail({ id: `<${count}@x>`, subject: "other" }));
    server.inbox.store(testMail());
    expect((await lookFor(server)).stage).toMatchObject({ status: "passed" });
  });

  it("has only its newest 50 messages looked at, and those once as long as nothing new arrives", async () => {
    await start({ answers: { "UID SEARCH": "* SEARCH\r\n{tag} OK done\r\n" } });
    server.inbox.store(testMail());
    for (let count = 0; count < 60; count++) server.inbox.store(testMail({ id: `<${count}@x>`, subject: "other" }));
    const { stage } = await lookFor(server, { hurried: true, ms: 60_000, mailbox: { waitMs: 6_000 } });
    expect(stage).toMatchObject({ status: "failed", problem: { code: "mail/not-arrived" } });
    expect(server.lines.filter((line) => line.startsWith("FETCH"))).toEqual([expect.stringMatching(/^FETCH 12:\* /)]);
  });
});

describe("a mail that did not arrive where it is read", () => {
  it.each([
    ["marked by the server", new ImapFolder("Werbung", ["\\Junk"]), "Werbung"],
    ["named like one", new ImapFolder("INBOX/Spam"), "INBOX/Spam"],
    ["named like one in French", new ImapFolder("Courrier ind&AOk-sirable"), "Courrier indésirable"],
  ])("fails in a junk folder %s, and is handed on for the reason why", async (_, folder, name) => {
    await start({}, { folders: [new ImapFolder("Archive"), folder] });
    folder.store(testMail());
    const { stage, arrival } = await lookFor(server);
    expect(stage).toMatchObject({ status: "failed", problem: { code: "mail/arrived-in-junk" } });
    expect(stage.detail).toContain(name);
    expect(stage.remedy).toMatch(/allow list.*SPF, DKIM and DMARC/);
    expect(arrival).toMatchObject({ folder: name, junk: true });
    expect(arrival!.raw.toString()).toContain(MESSAGE_ID);
  });

  it("passes in the junk folder when it is expected there", async () => {
    await start({}, { folders: [new ImapFolder("Junk", ["\\Junk"])] });
    server.folders.get("Junk")!.store(testMail());
    expect((await lookFor(server, { mailbox: { folder: "Junk" } })).stage).toMatchObject({ status: "passed" });
  });

  it("fails among deleted mail", async () => {
    await start({}, { folders: [new ImapFolder("Deleted Items", ["\\Trash"])] });
    server.folders.get("Deleted Items")!.store(testMail());
    expect((await lookFor(server)).stage).toMatchObject({
      status: "failed",
      problem: { code: "mail/arrived-in-trash" },
    });
  });

  it("is not found in the sender's own copy", async () => {
    const copies = [new ImapFolder("Sent", ["\\Sent"]), new ImapFolder("All Mail", ["\\All"])];
    await start({}, { folders: copies });
    for (const folder of copies) folder.store(testMail());
    expect((await lookFor(server, { sent: { from: "oncall@example.com" } })).stage).toMatchObject({
      status: "failed",
      problem: { code: "mail/not-arrived" },
    });
  });

  it("fails after the wait, with the folders that were searched and the queue id to look for", async () => {
    await start({}, { folders: [new ImapFolder("Junk", ["\\Junk"]), new ImapFolder("Alerts")] });
    const { stage, arrival } = await lookFor(server, {
      hurried: true,
      ms: 60_000,
      mailbox: { waitMs: 6_000 },
      sent: { queueId: "4F2A1B3C5D" },
    });
    expect(arrival).toBeUndefined();
    expect(stage).toMatchObject({ status: "failed", problem: { code: "mail/not-arrived" } });
    expect(stage.detail).toContain(`looked for ${MESSAGE_ID} in INBOX, Junk, Alerts`);
    expect(stage.remedy).toMatch(/queue id 4F2A1B3C5D.*quarantine/);
  });

  it("says when it was the time for all stages that ended the wait", async () => {
    await start();
    const { stage } = await lookFor(server, { hurried: true, ms: 30_000, mailbox: { waitMs: 60_000 } });
    expect(stage).toMatchObject({ status: "failed", problem: { code: "mail/not-arrived" } });
    expect(stage.detail).toContain("timeout_seconds");
  });

  it("is looked for in 200 folders at most, and says that there are more", async () => {
    const folders = Array.from({ length: 250 }, (_, index) => new ImapFolder(`Folder ${index}`));
    await start({}, { folders });
    const { stage } = await lookFor(server);
    // 25 of them in this one round, and INBOX.
    expect(new Set(server.lines.filter((line) => line.startsWith("EXAMINE"))).size).toBe(26);
    expect(stage.detail).toContain("225 folders were not looked into");
  });
});

describe("a folder", () => {
  it("that is missing fails at once, with those that exist and the one that was meant", async () => {
    await start({}, { folders: [new ImapFolder("Alerts/Production")] });
    const { stage } = await lookFor(server, { mailbox: { folder: "alerts-production", waitMs: 60_000 } });
    expect(stage).toMatchObject({ status: "failed", problem: { code: "mail/imap-folder-missing" } });
    expect(stage.remedy).toBe(
      'Did you mean "Alerts/Production"? Set `imap.folder` to one of these: INBOX, Alerts/Production.',
    );
  });

  it("that cannot be selected counts as missing", async () => {
    await start({}, { folders: [new ImapFolder("Parent", ["\\Noselect"])] });
    const { stage } = await lookFor(server, { mailbox: { folder: "Parent" } });
    expect(stage.problem).toMatchObject({ code: "mail/imap-folder-missing" });
  });

  it("that may not be read fails when it is the expected one", async () => {
    await start({ answers: { EXAMINE: "{tag} NO [NOPERM] not yours\r\n" } });
    const { stage } = await lookFor(server);
    expect(stage).toMatchObject({ status: "failed", problem: { code: "mail/imap-folder-refused" } });
    expect(stage.detail).toContain("not yours");
  });

  it("that may not be read is named, and the others are searched all the same", async () => {
    await start(
      { answers: { EXAMINE: (line) => (line.includes("Private") ? "{tag} NO [NOPERM] not yours\r\n" : undefined) } },
      { folders: [new ImapFolder("Private"), new ImapFolder("Zoo")] },
    );
    server.folders.get("Zoo")!.store(testMail());
    expect((await lookFor(server)).stage).toMatchObject({ status: "warning" });
    server.folders.get("Zoo")!.messages.length = 0;
    expect((await lookFor(server)).stage.detail).toContain("Private cannot be read: not yours");
  });
});

describe("a message that is not handed out", () => {
  it("is said to have arrived nevertheless", async () => {
    await start({
      answers: {
        "UID FETCH": (line) => (line.includes("INTERNALDATE") ? "{tag} NO [SERVERBUG] disk\r\n" : undefined),
      },
    });
    server.inbox.store(testMail());
    const { stage } = await lookFor(server);
    expect(stage).toMatchObject({ status: "failed", problem: { code: "mail/imap-message-unreadable" } });
    expect(stage.detail).toContain("disk");
  });

  it("whole is taken as far as 1 MB", async () => {
    await start();
    server.inbox.store(`${testMail()}${"x".repeat(1_200_000)}`);
    const { arrival, stage } = await lookFor(server);
    expect(stage.status).toBe("passed");
    expect(arrival!.raw.length).toBe(1_048_576);
  });
});
