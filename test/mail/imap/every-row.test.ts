import { StepTimeout } from "../../../lib/mail/wire/deadline";
import { explainImapConnect, explainImapTls, explainName, explainStep } from "../../../lib/mail/imap/explain";
import { ImapDialogueError } from "../../../lib/mail/imap/dialogue";
import { explainLogin } from "../../../lib/mail/imap/login";
import type { ImapMailbox } from "../../../lib/mail/imap";
import { remedies } from "../../../lib/mail/imap/remedies";
import type { Problem } from "../../../lib/core/problem";
import { lookFor, testMail, type LookOptions } from "../../support/arrival";
import { ImapFolder } from "../../support/imap-folders";
import {
  HANG_UP,
  IMAP_DEFAULTS,
  imapAuthority,
  SILENCE,
  startScriptedImap,
  type ImapScript,
  type ScriptedImapOptions,
} from "../../support/scripted-imap";

type Way = () => Promise<Problem | undefined> | Problem;

/** Looks into the mailbox of a server where one thing is odd. Where the mail is: in INBOX, unless said otherwise. */
const look =
  (script: Partial<ImapScript>, options: ScriptedImapOptions = {}, looking: LookOptions = {}, where = "INBOX"): Way =>
  async () => {
    const server = await startScriptedImap(script, options);
    server.folders.get(where)?.store(testMail());
    try {
      return (await lookFor(server, looking)).stage.problem;
    } finally {
      await server.close();
    }
  };

const answered = (command: string, answer: string) => look({ answers: { [command]: answer } }, {}, { ms: 1_500 });
const system = (code: string) => Object.assign(new Error(code), { code });
const issued = (hosts: string[], days: number) =>
  imapAuthority.issue({
    name: "imap",
    hosts,
    notBefore: Date.now() - 300 * 86_400_000,
    notAfter: Date.now() + days * 86_400_000,
  });
const junk = new ImapFolder("Junk", ["\\Junk"]);
const imap = { host: "imap.example.com", port: 993 };
const none = { security: "none" as const };

/** A way to every row of the table. */
const WAYS: Record<keyof typeof remedies, Way> = {
  lineBreak: look({}, {}, { mailbox: { folder: "a\nb" } }),
  noSuchHost: look({}, {}, { mailbox: { host: "imap.invalid" }, resolver: () => Promise.reject(system("ENOTFOUND")) }),
  resolverFailed: () => explainName(system("ESERVFAIL"), "imap.example.com"),
  connectionRefused: () => explainImapConnect(system("ECONNREFUSED"), "192.0.2.1", 993),
  connectTimeout: () => explainImapConnect(new StepTimeout(10_000, false), "192.0.2.1", 993),
  unreachable: () => explainImapConnect(system("ENETUNREACH"), "2001:db8::1", 993),
  connectFailed: () => explainImapConnect(system("EPERM"), "192.0.2.1", 993),
  noGreeting: look({ greeting: undefined }, {}, { ms: 300 }),
  implicitTlsPort: look({}, { implicitTls: true }, { ms: 500 }),
  plainTextPort: look({}, {}, { mailbox: { security: "tls" } }),
  notImap: look({ greeting: "+OK POP3\r\n" }),
  turnedAway: look({ greeting: "* BYE busy\r\n" }),
  startTlsNotOffered: look({ capabilities: "IMAP4rev1" }),
  startTlsRefused: answered("STARTTLS", "{tag} NO no\r\n"),
  startTlsInjection: answered("STARTTLS", "{tag} OK go\r\n* OK and more\r\n"),
  preauthenticated: look({ greeting: "* PREAUTH hello\r\n" }),
  tlsVersion: () => explainImapTls(system("ERR_SSL_TLSV1_ALERT_PROTOCOL_VERSION"), imap),
  tlsFailed: () => explainImapTls(system("ERR_SSL_BAD_RECORD_TYPE"), imap),
  tlsNameUnknown: () => explainImapTls(system("ERR_SSL_TLSV1_UNRECOGNIZED_NAME"), imap),
  certificateWrongName: look({}, { certificate: issued(["imap.example.com"], 90) }),
  certificateExpires: look({}, { certificate: issued(["127.0.0.1"], 20) }),
  secondCertificate: () =>
    explainLogin(
      system("CERT_HAS_EXPIRED"),
      { host: "imap.example.com" } as ImapMailbox,
      { greeting: "", capabilities: new Set() },
      () => undefined,
    ),
  silent: answered("LIST", SILENCE),
  closed: answered("LIST", HANG_UP),
  broken: () => explainStep(new ImapDialogueError("broken", undefined, { cause: system("ECONNRESET") }), "greeting"),
  protocolViolation: answered("CAPABILITY", "what\r\n"),
  refused: answered("LIST", "{tag} NO no\r\n"),
  outOfTime: () => explainStep(new StepTimeout(3, true), "LIST"),
  interrupted: async () => look({ greeting: undefined }, {}, { signal: AbortSignal.timeout(50) })(),
  loginDisabled: look({ capabilitiesTls: "IMAP4rev1 LOGINDISABLED" }, { plain: true }, { mailbox: none }),
  noCommonMechanism: look({ capabilitiesTls: "IMAP4rev1 LOGINDISABLED AUTH=GSSAPI" }),
  noOauth: look({ capabilitiesTls: "IMAP4rev1 AUTH=PLAIN" }, {}, { mailbox: { accessToken: true } }),
  folderMissing: look({}, {}, { mailbox: { folder: "Nowhere" } }),
  folderRefused: answered("EXAMINE", "{tag} NO [NOPERM] no\r\n"),
  notArrived: look({}, {}, {}, "nowhere"),
  arrivedInJunk: look({}, { folders: [junk] }, {}, "Junk"),
  arrivedInTrash: look({}, { folders: [new ImapFolder("Trash")] }, {}, "Trash"),
  arrivedElsewhere: look({}, { folders: [new ImapFolder("Zoo")] }, {}, "Zoo"),
  archived: look({}, { folders: [new ImapFolder("All Mail", ["\\All"])] }, {}, "All Mail"),
  messageUnreadable: look({
    answers: { "UID FETCH": (line) => (line.includes("INTERNALDATE") ? "{tag} NO [SERVERBUG] no\r\n" : undefined) },
  }),
  notRemoved: look({ answers: { "UID STORE": "{tag} NO no\r\n" } }, {}, { mailbox: { remove: true } }),
  markedOnly: look(
    { capabilitiesTls: IMAP_DEFAULTS.capabilitiesTls.replace(" UIDPLUS", "") },
    {},
    { mailbox: { remove: true } },
  ),
};

// Loading it takes longer than some of the steps may.
beforeAll(() => import("imapflow"));

it.each(Object.entries(remedies))("%s is said, with everything filled in", async (key, row) => {
  const problem = await WAYS[key as keyof typeof remedies]();
  expect(problem).toMatchObject({ code: row.code, severity: "severity" in row ? row.severity : "error" });
  expect(`${problem!.summary} ${problem!.fix}`).not.toMatch(/[{}]|undefined|\[object/);
});
