import type { Problem } from "../../../lib/core/problem";
import { runTest, type Stage, type Target } from "../../../lib/mail";
import { StepTimeout } from "../../../lib/mail/deadline";
import { explainConnect, explainTalk, explainTls } from "../../../lib/mail/diagnose";
import { DialogueError } from "../../../lib/mail/dialogue";
import { ENHANCED_MEANINGS } from "../../../lib/mail/enhanced-codes";
import { passwordMissing } from "../../../lib/mail/errors";
import { explainRefusal, REFUSAL_SIGNS, refusalSign, type RefusalStage } from "../../../lib/mail/refusals";
import { allRemedies } from "../../../lib/mail/remedies";
import { STAGES } from "../../../lib/mail/remedies/stages";
import { makeReply, parseReply } from "../../../lib/mail/reply";
import type { MailRuntime } from "../../../lib/mail/runtime";
import { selfSigned, type Issued } from "../../../lib/mail/smtp-sandbox";
import { mailRuntime, mailTarget } from "../../support/mail-runtime";
import {
  HANG_UP,
  scriptedAuthority,
  SILENCE,
  startScripted,
  type Script,
  type ScriptedOptions,
} from "../../support/scripted-smtp";

/** What a diagnosis said, and at which stage. */
interface Said {
  readonly stage: string;
  readonly problem: Problem;
}
type Way = () => Promise<readonly Said[]> | readonly Said[];

interface Circumstances extends ScriptedOptions {
  readonly target?: Partial<Target>;
  readonly runtime?: Partial<MailRuntime>;
  /** Interrupts the test once the server has heard this. */
  readonly interruptAt?: string;
}

/** Sends a test mail to a server in which one thing is odd. */
const talk =
  (script: Partial<Script> = {}, { target, runtime, interruptAt, ...options }: Circumstances = {}): Way =>
  async () => {
    const server = await startScripted(script, options);
    const interruption = new AbortController();
    if (interruptAt !== undefined) void server.heard(interruptAt).then(() => interruption.abort());
    try {
      const { stages } = await runTest(
        { target: mailTarget(server.port, { ca: server.ca, ...target }), subject: "x", via: [] },
        mailRuntime(runtime),
        { signal: interruption.signal, redact: (text) => text },
      );
      return stages.flatMap(({ name, problem }: Stage) => (problem ? [{ stage: name, problem }] : []));
    } finally {
      await server.close();
    }
  };

const explained =
  (stage: string, explain: () => Problem): Way =>
  () => [{ stage, problem: explain() }];

const refused = (stage: RefusalStage, said: string): Way =>
  explained(stage, () => explainRefusal(stage, parseReply(said)!));

const system = (code: string) => Object.assign(new Error(code), { code });
const timeout = new StepTimeout(10_000, false);
const addresses = (...ips: string[]) => ({ resolver: async () => ips.map((address) => ({ address, family: 4 })) });
const failing = (code: string) => ({ resolver: () => Promise.reject(system(code)) });
const named = { host: "localhost" };

const DAY = 86_400_000;
const issued = (days: [number, number], hosts = ["127.0.0.1"]) =>
  scriptedAuthority.issue({
    name: "x",
    hosts,
    notBefore: Date.now() + days[0] * DAY,
    notAfter: Date.now() + days[1] * DAY,
  });

/** Signed by nobody: one bit of the signature is turned. */
function forged(): Issued {
  const { certificate, key, thumbprintSha1 } = issued([-1, 100]);
  const bytes = Buffer.from(certificate.replace(/-----.*-----|\s/g, ""), "base64");
  bytes[bytes.length - 1]! ^= 1;
  const pem = bytes.toString("base64").replace(/.{64}(?=.)/g, "$&\n");
  return { certificate: `-----BEGIN CERTIFICATE-----\n${pem}\n-----END CERTIFICATE-----\n`, key, thumbprintSha1 };
}

/** For each row, how it comes to be said. */
const WAYS: Readonly<Record<string, Way>> = {
  "line-break": talk({}, { target: { from: "alerts@example.com\r\nRCPT TO:<x>" } }),
  "password-missing": explained("config", () => passwordMissing("SMTP_PASSWORD")),
  "ca-file-missing": talk({}, { target: { ca: "ca/none.pem" } }),
  "ca-unreadable": talk({}, { target: { ca: "-----BEGIN NOTHING-----" } }),

  "no-such-host": talk({}, { target: named, runtime: failing("ENOTFOUND") }),
  "resolver-failed": talk({}, { target: named, runtime: failing("EAI_AGAIN") }),

  "connection-refused": talk({}, { target: named, runtime: addresses("127.0.0.99") }),
  "flow-not-declared": explained("TCP", () => explainConnect(timeout, "192.0.2.1", 25, [])),
  "flow-does-not-carry": explained("TCP", () => explainConnect(timeout, "192.0.2.1", 25, ["192.0.2.1:25"])),
  "connect-timeout": explained("TCP", () => explainConnect(timeout, "192.0.2.1", 25, undefined)),
  unreachable: explained("TCP", () => explainConnect(system("ENETUNREACH"), "192.0.2.1", 25, undefined)),
  "connect-failed": explained("TCP", () => explainConnect(system("EPERM"), "192.0.2.1", 25, undefined)),
  "some-addresses-failed": talk({}, { target: named, runtime: addresses("127.0.0.99", "127.0.0.1") }),
  // This machine too, though no loopback address.
  "reached-without-flow": talk({}, { target: { ...named, declaredFlows: [] }, runtime: addresses("0.0.0.0") }),

  "no-reply": talk({ auth: SILENCE }, { target: { timeoutMs: 300 } }),
  "no-banner": talk({ banner: undefined }, { target: { timeoutMs: 300 } }),
  "implicit-tls-port": talk({}, { implicitTls: true, target: { timeoutMs: 1_000 } }),
  "not-smtp": talk({ banner: "SSH-2.0-OpenSSH_9.6\r\n" }),
  "protocol-violation": talk({ ehlo: "250-one\r\n251 two\r\n" }),
  "connection-closed": talk({ ehlo: HANG_UP }),
  "connection-broken": explained("EHLO", () =>
    explainTalk("EHLO")(new DialogueError("broken", undefined, { cause: system("ECONNRESET") })),
  ),
  interrupted: talk({ auth: SILENCE }, { interruptAt: "AUTH" }),
  "out-of-time": explained("EHLO", () => explainTalk("EHLO")(new StepTimeout(3, true))),

  "starttls-not-offered": talk({ ehlo: "250 scripted.test\r\n" }),
  "stays-in-clear": talk({ ehlo: "250 scripted.test\r\n" }, { target: { onlyIfOffered: true } }),
  "starttls-refused": talk({ starttls: "454 4.7.0 TLS not available\r\n" }),
  "starttls-injection": talk({ starttls: "220 Ready\r\n250 injected\r\n" }),
  "plain-text-port": talk({}, { target: { security: "tls" } }),
  "tls-version": explained("TLS", () => explainTls(465)(system("ERR_SSL_UNSUPPORTED_PROTOCOL"))),
  "tls-failed": explained("TLS", () => explainTls(465)(system("ERR_SSL_BAD_RECORD_TYPE"))),

  "certificate-expired": talk({}, { certificate: issued([-30, -1]) }),
  "certificate-not-yet-valid": talk({}, { certificate: issued([1, 30]) }),
  "certificate-self-signed": talk({}, { certificate: selfSigned({ name: "x", hosts: ["127.0.0.1"] }) }),
  "certificate-unknown-issuer": talk({}, { target: { ca: undefined } }),
  "certificate-wrong-name": talk({}, { certificate: issued([-1, 100], ["mail.example.com"]) }),
  "certificate-rejected": talk({}, { certificate: forged() }),
  "certificate-expires-soon": talk({}, { certificate: issued([-1, 45]) }),
  "certificate-expires-next": talk({}, { certificate: issued([-1, 20]) }),

  "auth-not-offered": talk({ ehloTls: "250 scripted.test\r\n" }),
  "auth-not-offered-in-clear": talk({ ehlo: "250 scripted.test\r\n" }, { target: { security: "none" } }),
  "no-common-mechanism": talk({ ehloTls: "250-scripted.test\r\n250 AUTH GSSAPI\r\n" }),

  "encryption-required": talk({ mail: "530 5.7.0 Must issue a STARTTLS command first\r\n" }),
  "login-required": talk({ mail: "530 5.7.0 Authentication required\r\n" }),
  "client-refused": talk({ banner: "554 5.7.1 No SMTP service for you\r\n" }),
  "service-unavailable": talk({ banner: "421 4.7.0 Too many connections\r\n" }),
  "server-full": talk({ message: "452 4.3.1 Insufficient system storage\r\n" }),
  "login-unavailable": talk({ auth: "454 4.7.0 Temporary authentication failure\r\n" }),
  "login-disabled": talk({ auth: "535 5.7.139 SmtpClientAuthentication is disabled\r\n" }),
  "mechanism-too-weak": talk({ auth: "534 5.7.9 Application-specific password required\r\n" }),
  "account-disabled": talk({ auth: "525 5.7.13 Account disabled\r\n" }),
  "login-refused": talk({ auth: "535 5.7.8 Authentication failed\r\n" }),
  "mechanism-refused": talk({ auth: "504 5.5.4 Unrecognized authentication type\r\n" }),
  "sender-not-authenticated": talk({ message: "550 5.7.26 Not accepted due to DMARC policy\r\n" }),
  "sender-not-allowed": talk({ mail: "550 5.7.60 Not allowed to send as this sender\r\n" }),
  greylisted: refused("RCPT", "450 4.2.0 Greylisted, come back later"),
  "too-many-receivers": refused("RCPT", "452 4.5.3 Too many recipients"),
  "relay-denied": talk({ rcpt: { "*": "554 5.7.1 Relay access denied\r\n" } }),
  "no-such-mailbox": talk({ rcpt: { "*": "550 5.1.1 User unknown\r\n" } }),
  "no-such-domain": talk({ rcpt: { "*": "550 5.1.2 Host unknown\r\n" } }),
  "address-refused": talk({ rcpt: { "*": "553 5.1.3 Bad address syntax\r\n" } }),
  "mailbox-disabled": talk({ rcpt: { "*": "550 5.2.1 Mailbox disabled\r\n" } }),
  "mailbox-full": talk({ rcpt: { "*": "552 5.2.2 Over quota\r\n" } }),
  "receiver-refused-by-policy": talk({ rcpt: { "*": "550 5.7.1 Not allowed\r\n" } }),
  "message-too-large": talk({ ehloTls: "250-scripted.test\r\n250-SIZE 100\r\n250 AUTH PLAIN\r\n" }),
  "content-refused": talk({ message: "554 5.6.0 Content rejected\r\n" }),
  refused: talk({ rcpt: { "*": "599 5.9.9 Something else\r\n" } }),
  "refused-for-now": refused("MAIL", "499 4.9.9 Something else"),
  "effect-unknown": talk({ message: HANG_UP }),
};

const names = STAGES.map(({ name }) => name);
const untilData = names.slice(names.indexOf("config"), names.indexOf("DATA") + 1);
const rows = allRemedies.filter(({ stages }) => stages.some((name) => untilData.includes(name)));

it("knows a way to every row up to the message, and no other", () => {
  expect(Object.keys(WAYS).sort()).toEqual(rows.map(({ code }) => code.slice("mail/".length)).sort());
});

it.each(rows.map((row) => [row.code, row] as const))("%s is said, at a stage that its row names", async (code, row) => {
  const said = await (WAYS[code.slice("mail/".length)]?.() ?? []);
  const found = said.find(({ problem }) => problem.code === code);
  expect(found ?? said.map(({ stage, problem }) => `${stage}: ${problem.code}`)).toMatchObject({ problem: { code } });
  expect(row.stages).toContain(found!.stage.replace(/^RCPT .*/, "RCPT").replace(/^MX .*/, "MX"));
  expect(found!.problem.severity).toBe(row.severity ?? "error");
});

it("recognises refusals by signs of which none is hidden by those before it", () => {
  const codes = [...new Set(REFUSAL_SIGNS.flatMap((sign) => sign.codes ?? [])), 499, 599];
  const enhanced = ["", ...ENHANCED_MEANINGS.flatMap(([code]) => [`4.${code}`, `5.${code}`]), "5.7.57", "5.7.139"];
  const words = ["", "STARTTLS first", "Relay denied", "not allowed to send as", "Greylisted"];
  const hidden = new Set(REFUSAL_SIGNS);
  for (const stage of ["banner", "EHLO", "AUTH", "MAIL", "RCPT", "DATA"] as const) {
    for (const code of codes) {
      for (const status of enhanced) {
        for (const said of words) hidden.delete(refusalSign(stage, makeReply(code, [`${status} ${said}`.trim()]))!);
      }
    }
  }
  expect([...hidden].map(({ remedy, ...sign }) => ({ ...sign, code: remedy.code }))).toEqual([]);
});
