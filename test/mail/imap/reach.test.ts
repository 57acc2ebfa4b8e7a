import { selfSigned } from "../../../lib/mail/server/certificates";
import { lookFor, testMail } from "../../support/arrival";
import {
  HANG_UP,
  imapAuthority,
  SILENCE,
  startScriptedImap,
  type ImapScript,
  type ScriptedImap,
  type ScriptedImapOptions,
} from "../../support/scripted-imap";

const DAY_MS = 86_400_000;
let server: ScriptedImap;
afterEach(() => server.close());

async function start(script: Partial<ImapScript> = {}, options: ScriptedImapOptions = {}): Promise<void> {
  server = await startScriptedImap(script, options);
  server.inbox.store(testMail());
}

/** Nothing that is secret was said, to anybody. */
const noLogin = () => expect(server.lines.filter((line) => /^(LOGIN|AUTHENTICATE)/.test(line))).toEqual([]);

describe("the settings", () => {
  it.each([
    ["imap.host", { host: "127.0.0.1\r\nX" }],
    ["imap.username", { username: "a\nb" }],
    ["imap.password_wo", { password: "secret\r\nA1 DELETE INBOX" }],
    ["imap.folder", { folder: "INBOX\0" }],
  ])("%s is refused with a line break, before anything is connected", async (attribute, mailbox) => {
    await start();
    const { stage } = await lookFor(server, { mailbox });
    expect(stage).toMatchObject({ status: "failed", problem: { code: "mail/imap-line-break" } });
    expect(stage.detail).toContain(attribute);
    expect(stage.detail).not.toContain("secret");
    expect(server.lines).toEqual([]);
  });

  it("name an authority that does not exist", async () => {
    await start();
    const { stage } = await lookFor(server, { mailbox: { ca: "/no/such/file.pem" } });
    expect(stage.problem).toMatchObject({ code: "mail/ca-file-missing" });
  });
});

describe("a server that cannot be reached", () => {
  it("has no name that resolves", async () => {
    await start();
    const { stage } = await lookFor(server, { mailbox: { host: "imap.invalid" } });
    expect(stage).toMatchObject({ status: "failed", problem: { code: "mail/imap-no-such-host" } });
    expect(stage.remedy).toContain("imap.host");
  });

  it("refuses the connection", async () => {
    await start();
    await server.close();
    const { stage } = await lookFor(server);
    expect(stage).toMatchObject({ status: "failed", problem: { code: "mail/imap-connection-refused" } });
    expect(stage.remedy).toContain("imap.port");
  });

  it("is interrupted as soon as told to", async () => {
    await start({ greeting: undefined });
    const { stage } = await lookFor(server, { ms: 600_000, signal: AbortSignal.timeout(100) });
    expect(stage).toMatchObject({ status: "failed", problem: { code: "mail/imap-interrupted" } });
  });
});

describe("a greeting", () => {
  it.each([
    ["220 mail.example.com ESMTP\r\n", "SMTP"],
    ["+OK POP3 ready\r\n", "POP3"],
    ["HTTP/1.1 400 Bad Request\r\n", "web server"],
    ["SSH-2.0-OpenSSH_9.2\r\n", "SSH"],
    ["hello\x1b[31m there\r\n", "not an IMAP server"],
  ])("%j is no IMAP", async (greeting, guess) => {
    await start({ greeting });
    const { stage } = await lookFor(server);
    expect(stage).toMatchObject({ status: "failed", problem: { code: "mail/not-imap" } });
    expect(stage.detail).toContain(guess);
    expect(stage.detail).not.toContain("\x1b");
  });

  it("may turn us away", async () => {
    await start({ greeting: "* BYE [UNAVAILABLE] too many connections\r\n" });
    const { stage } = await lookFor(server);
    expect(stage).toMatchObject({ status: "failed", problem: { code: "mail/imap-too-many-connections" } });
    expect(stage.detail).toContain("too many connections");
  });

  it("may never come", async () => {
    await start({ greeting: undefined });
    const { stage } = await lookFor(server, { ms: 300 });
    expect(stage).toMatchObject({ status: "failed", problem: { code: "mail/imap-no-greeting" } });
  });

  it("does not come where TLS is spoken from the first byte", async () => {
    await start({}, { implicitTls: true });
    const { stage } = await lookFor(server, { ms: 500 });
    expect(stage).toMatchObject({ status: "failed", problem: { code: "mail/imap-implicit-tls-port" } });
    expect(stage.remedy).toContain('imap.security = "tls"');
  });

  it("that claims to be logged in already cannot suppress STARTTLS", async () => {
    await start({ greeting: "* PREAUTH welcome\r\n" });
    const { stage } = await lookFor(server);
    expect(stage).toMatchObject({ status: "failed", problem: { code: "mail/imap-preauthenticated" } });
    noLogin();
  });
});

describe("encryption", () => {
  it("is never given up: STARTTLS is required when it is not offered", async () => {
    await start({ capabilities: "IMAP4rev1 AUTH=PLAIN" });
    const { stage } = await lookFor(server);
    expect(stage).toMatchObject({ status: "failed", problem: { code: "mail/imap-starttls-not-offered" } });
    noLogin();
  });

  it("may be offered and then refused", async () => {
    await start({ answers: { STARTTLS: "{tag} NO no key\r\n" } });
    expect((await lookFor(server)).stage.problem).toMatchObject({ code: "mail/imap-starttls-refused" });
    noLogin();
  });

  it("is not begun when something was said after the consent to it", async () => {
    await start({ answers: { STARTTLS: "{tag} OK go\r\n* CAPABILITY IMAP4rev1 AUTH=PLAIN\r\n" } });
    const { stage } = await lookFor(server);
    expect(stage).toMatchObject({ status: "failed", problem: { code: "mail/imap-starttls-injection" } });
    noLogin();
  });

  it("fails on a port in plain text", async () => {
    await start();
    const { stage } = await lookFor(server, { mailbox: { security: "tls" } });
    expect(stage).toMatchObject({ status: "failed", problem: { code: "mail/imap-plain-text-port" } });
  });

  it.each([
    [
      "expired",
      imapAuthority.issue({
        name: "old",
        hosts: ["127.0.0.1"],
        notBefore: Date.now() - 9 * DAY_MS,
        notAfter: Date.now() - DAY_MS,
      }),
      "mail/certificate-expired",
      "expired on",
    ],
    [
      "not valid yet",
      imapAuthority.issue({ name: "new", hosts: ["127.0.0.1"], notBefore: Date.now() + DAY_MS }),
      "mail/certificate-not-yet-valid",
      "valid only from",
    ],
    [
      "made for another name",
      imapAuthority.issue({ name: "imap.example.com", hosts: ["imap.example.com"] }),
      "mail/imap-certificate-wrong-name",
      "made for imap.example.com",
    ],
  ])("fails on a certificate that is %s", async (_, certificate, code, words) => {
    await start({}, { certificate });
    const { stage } = await lookFor(server);
    expect(stage).toMatchObject({ status: "failed", problem: { code } });
    expect(stage.detail).toContain(words);
    expect(stage.detail).toContain("IMAP server");
    noLogin();
  });

  it("fails on a self-signed certificate", async () => {
    await start({}, { certificate: selfSigned({ name: "127.0.0.1", hosts: ["127.0.0.1"] }), implicitTls: true });
    const { stage } = await lookFor(server, { mailbox: { security: "tls", ca: undefined } });
    expect(stage).toMatchObject({ status: "failed", problem: { code: "mail/certificate-self-signed" } });
    expect(stage.remedy).toContain("ca_certificate");
    noLogin();
  });

  it("fails on an authority that is not known", async () => {
    await start();
    const { stage } = await lookFor(server, { mailbox: { ca: undefined } });
    expect(stage.problem).toMatchObject({ code: "mail/certificate-unknown-issuer" });
    noLogin();
  });

  it("warns of a certificate that expires soon, though the mail was found", async () => {
    const certificate = imapAuthority.issue({
      name: "soon",
      hosts: ["127.0.0.1"],
      notBefore: Date.now() - 300 * DAY_MS,
      notAfter: Date.now() + 10 * DAY_MS,
    });
    await start({}, { certificate });
    const { stage, arrival } = await lookFor(server);
    expect(stage).toMatchObject({ status: "warning", problem: { code: "mail/imap-certificate-expires" } });
    expect(stage.detail).toContain("expires in 9 days");
    expect(arrival).toBeDefined();
  });

  it("is judged again for the connection that logs in", async () => {
    const other = selfSigned({ name: "127.0.0.1", hosts: ["127.0.0.1"] });
    let connected = 0;
    const good = imapAuthority.issue({ name: "127.0.0.1", hosts: ["127.0.0.1"] });
    // The second server behind a load balancer has another certificate.
    await start({}, { certificateOf: () => (connected++ === 0 ? good : other), implicitTls: true });
    const { stage } = await lookFor(server, { mailbox: { security: "tls" } });
    expect(stage).toMatchObject({ status: "failed", problem: { code: "mail/imap-second-certificate" } });
    expect(connected).toBe(2);
    noLogin();
  });
});

describe("a connection that ends", () => {
  it.each([
    ["CAPABILITY", HANG_UP, "mail/imap-connection-closed"],
    ["CAPABILITY", "* BYE shutting down\r\n", "mail/imap-connection-closed"],
    ["STARTTLS", HANG_UP, "mail/imap-connection-closed"],
    ["STARTTLS", "{tag} OK go\r\n", "mail/imap-connection-closed"],
    ["CAPABILITY", SILENCE, "mail/imap-no-reply"],
    ["STARTTLS", SILENCE, "mail/imap-no-reply"],
    ["CAPABILITY", "{tag} BAD what?\r\n", "mail/imap-refused"],
    ["CAPABILITY", "nonsense\r\n", "mail/imap-protocol-violation"],
  ])("or a server that breaks off at %s (%j) is told apart", async (command, answer, code) => {
    const end = answer.includes("OK go");
    await start({
      answers: {
        [command]: (_, { socket }) => {
          if (end) setImmediate(() => socket.destroy());
          return answer;
        },
      },
    });
    const { stage } = await lookFor(server, { ms: 1_500 });
    expect(stage).toMatchObject({ status: "failed", problem: { code } });
    expect(stage.detail).toContain(end ? "TLS" : command);
  });

  it("before the greeting is told apart", async () => {
    await start({ greeting: HANG_UP });
    const { stage } = await lookFor(server);
    expect(stage).toMatchObject({ status: "failed", problem: { code: "mail/imap-connection-closed" } });
    expect(stage.detail).toContain("greeting");
  });
});

describe("a host with several addresses", () => {
  it("is reached by any that works", async () => {
    await start();
    // Nobody listens on this port over IPv6.
    const resolver = async () => [
      { address: "::1", family: 6 },
      { address: "127.0.0.1", family: 4 },
    ];
    const { stage } = await lookFor(server, { mailbox: { host: "localhost" }, resolver });
    expect(stage).toMatchObject({ status: "passed" });
  });
});
