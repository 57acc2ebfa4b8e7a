import { Socket } from "node:net";
import { systemClock, type Clock } from "../../../../lib/core/clock";
import type { Problem } from "../../../../lib/core/problem";
import { runTest, type Stage, type Target } from "../../../../lib/mail";
import { rejection } from "../../../../lib/mail/wire/certificate";
import type { PresentedCertificate } from "../../../../lib/mail/wire/certificate-chain";
import { explainSend } from "../../../../lib/mail/diagnosis/delivery/explain-send";
import { judgeAttempts } from "../../../../lib/mail/diagnosis/stages/connection";
import { StepTimeout } from "../../../../lib/mail/wire/deadline";
import { explainConnect, explainDialogue, explainTls } from "../../../../lib/mail/diagnosis/explain";
import { DialogueError } from "../../../../lib/mail/smtp/dialogue";
import { passwordMissing } from "../../../../lib/mail/diagnosis/errors";
import { allRemedies } from "../../../../lib/mail/diagnosis/remedies";
import { STAGES } from "../../../../lib/mail/stage/stage-facts";
import type { MailRuntime } from "../../../../lib/mail/diagnosis/runtime";
import { Authority, selfSigned } from "../../../../lib/mail/server";
import { mailRuntime, mailTarget } from "../../../support/mail-runtime";
import { startNameServer, type Zone, type ZoneEntry } from "../../../support/name-server";
import { skippingClock } from "../../../support/skipping-clock";
import {
  HANG_UP,
  scriptedAuthority,
  SILENCE,
  startScripted,
  type Script,
  type ScriptedOptions,
} from "../../../support/scripted-smtp";

/** What a diagnosis said, and at which stage. */
interface Said {
  readonly stage: string;
  readonly problem: Problem;
}
type Way = () => Promise<readonly Said[]> | readonly Said[];

interface Circumstances extends ScriptedOptions {
  /** Waits for the sake of waiting are over at once, of ten minutes in all. */
  readonly hurried?: boolean;
  /** What the name servers know, in place of the system's. */
  readonly zone?: Zone;
  readonly target?: Partial<Target>;
  readonly runtime?: Partial<MailRuntime>;
  /** Interrupts the test once the server has heard this. */
  readonly interruptAt?: string;
}

/** Sends a test mail to a server in which one thing is odd. */
const talk =
  (
    script: Partial<Script> = {},
    { target, runtime, interruptAt, zone, hurried, ...options }: Circumstances = {},
  ): Way =>
  async () => {
    const server = await startScripted(script, options);
    const names = zone && (await startNameServer(zone));
    const dns = names && { dnsServers: [names.address] };
    const interruption = new AbortController();
    if (interruptAt !== undefined) void server.heard(interruptAt).then(() => interruption.abort());
    try {
      const { stages } = await runTest(
        {
          target: mailTarget(server.port, { ca: server.ca, ...dns, ...(hurried && { timeoutMs: 600_000 }), ...target }),
          subject: "x",
          via: [],
        },
        mailRuntime({ ...(hurried && { clock: skippingClock(interruption.signal) }), ...runtime }),
        { signal: interruption.signal, redact: (text) => text },
      );
      return stages.flatMap(({ name, problem }: Stage) => (problem ? [{ stage: name, problem }] : []));
    } finally {
      await server.close();
      await names?.close();
    }
  };

const explained =
  (stage: string, explain: () => Problem): Way =>
  () => [{ stage, problem: explain() }];

const system = (code: string) => Object.assign(new Error(code), { code });
const timeout = new StepTimeout(10_000, false);
const addresses = (...ips: string[]) => ({ resolver: async () => ips.map((address) => ({ address, family: 4 })) });
const failing = (code: string) => ({ resolver: () => Promise.reject(system(code)) });
const named = { host: "localhost" };

/** The zone of a host that works, of receivers whose mail is taken, and whatever else is said. */
const zoned = (zone: Zone, target: Partial<Target> = {}): Way =>
  talk({}, { zone: { localhost: { A: ["127.0.0.1"] }, ...zone }, target: { ...named, ...target } });
const mailFor = (entry: ZoneEntry, more: Zone = {}) => zoned({ "example.com": entry, ...more });

/** What connections to these addresses came to; undefined stands. */
const attempted = (outcomes: Readonly<Record<string, string | undefined>>): Way =>
  explained("TCP", () => {
    const attempts = Object.entries(outcomes).map(([ip, code]) =>
      code === undefined
        ? { ip, socket: new Socket() }
        : { ip, error: system(code), problem: explainConnect(system(code), ip, 25, undefined) },
    );
    return judgeAttempts(attempts)!;
  });

/** A certificate that OpenSSL refused for this reason, with an issuer. */
const peerRefused = (
  reason: string,
  leaf: Partial<PresentedCertificate> = {},
  issuer: Partial<PresentedCertificate> = {},
): Way =>
  explained("TLS", () => {
    const usual = {
      name: "x",
      issuer: "CA",
      raw: new Uint8Array(),
      selfIssued: false,
      from: 0,
      to: Infinity,
      alternativeNames: [],
      authority: false,
    };
    return rejection(
      [
        { ...usual, ...leaf },
        { ...usual, ...issuer },
      ],
      reason,
      "192.0.2.1",
      Date.now(),
    )!;
  });

const handshakeFailing = (code: string): Way =>
  explained("TLS", () => explainTls({ host: "mail.example.com", port: 465 })(system(code)));

/** On which whatever is measured takes twelve seconds or more. */
function leapingClock(): Clock {
  let now = Date.now();
  return { now: () => (now += 12_000), sleep: (ms, signal) => systemClock.sleep(ms, signal) };
}

const DAY = 86_400_000;
const issued = (days: [number, number], hosts = ["127.0.0.1"]) =>
  scriptedAuthority.issue({
    name: "x",
    hosts,
    notBefore: Date.now() + days[0] * DAY,
    notAfter: Date.now() + days[1] * DAY,
  });

const offering = (mechanisms: string) => ({ ehloTls: `250-scripted.test\r\n250 AUTH ${mechanisms}\r\n` });
const loginBy = (mechanism: "LOGIN" | "XOAUTH2") => ({
  login: { username: "alerts", password: "correct horse", mechanism },
});

/** Signed by an authority whose certificate is about to expire. */
function ofOldAuthority() {
  const authority = Authority.create("Old CA", Date.now() - 355 * DAY);
  return { certificate: authority.issue({ name: "x", hosts: ["127.0.0.1"] }), target: { ca: authority.pem } };
}

/** Of an authority that has the name of another. */
const namesake = () => Authority.create("Scripted CA").issue({ name: "x", hosts: ["127.0.0.1"] });

/** For each row, how it comes to be said. */
const WAYS: Readonly<Record<string, Way>> = {
  "line-break": talk({}, { target: { from: "alerts@example.com\r\nRCPT TO:<x>" } }),
  "password-missing": explained("config", () => passwordMissing("SMTP_PASSWORD")),
  "ca-file-missing": talk({}, { target: { ca: "ca/none.pem" } }),
  "ca-unreadable": talk({}, { target: { ca: "-----BEGIN NOTHING-----" } }),

  "no-such-host": talk({}, { target: named, runtime: failing("ENOTFOUND") }),
  "resolver-failed": talk({}, { target: named, runtime: failing("EAI_AGAIN") }),

  "host-is-mail-domain": zoned(
    { "example.net": { MX: [{ exchange: "mx.example.net", priority: 10 }] } },
    { host: "example.net" },
  ),
  "address-kind-unanswered": zoned({ localhost: { A: ["127.0.0.1"], trouble: "SERVFAIL", troubleWith: "AAAA" } }),
  "address-without-flow": zoned(
    { "two.example.net": { A: ["127.0.0.1", "0.0.0.0"] } },
    { host: "two.example.net", declaredFlows: [] },
  ),
  "null-mx": mailFor({ MX: [{ exchange: "", priority: 0 }] }),
  "no-such-mail-domain": zoned({}),
  "domain-takes-no-mail": mailFor({ TXT: ["v=spf1 -all"] }),
  "mx-without-address": mailFor({ MX: [{ exchange: "gone.example.com", priority: 10 }] }),
  "mx-unanswered": mailFor({ trouble: "SERVFAIL" }),

  "address-family-dead": attempted({ "192.0.2.1": undefined, "2001:db8::1": "ECONNREFUSED" }),
  "address-family-not-here": attempted({ "192.0.2.1": undefined, "2001:db8::1": "ENETUNREACH" }),
  "connection-refused": talk({}, { target: named, runtime: addresses("127.0.0.99") }),
  "flow-not-declared": explained("TCP", () => explainConnect(timeout, "192.0.2.1", 25, [])),
  "flow-does-not-carry": explained("TCP", () => explainConnect(timeout, "192.0.2.1", 25, ["192.0.2.1:25"])),
  "connect-timeout": explained("TCP", () => explainConnect(timeout, "192.0.2.1", 25, undefined)),
  unreachable: explained("TCP", () => explainConnect(system("ENETUNREACH"), "192.0.2.1", 25, undefined)),
  "connect-failed": explained("TCP", () => explainConnect(system("EPERM"), "192.0.2.1", 25, undefined)),
  "some-addresses-failed": talk({}, { target: named, runtime: addresses("127.0.0.99", "127.0.0.1") }),
  // This machine too, though no loopback address.
  "reached-without-flow": talk({}, { target: { host: "0.0.0.0", declaredFlows: [] } }),

  "no-reply": talk({ auth: SILENCE }, { target: { timeoutMs: 1_500 } }),
  "no-banner": talk({ banner: undefined }, { target: { timeoutMs: 800 } }),
  "implicit-tls-port": talk({}, { implicitTls: true, target: { timeoutMs: 1_000 } }),
  "not-smtp": talk({ banner: "SSH-2.0-OpenSSH_9.6\r\n" }),
  "protocol-violation": talk({ ehlo: "250-one\r\n251 two\r\n" }),
  "connection-closed": talk({ ehlo: HANG_UP }),
  "connection-broken": explained("EHLO", () =>
    explainDialogue("EHLO")(new DialogueError("broken", undefined, { cause: system("ECONNRESET") })),
  ),
  interrupted: talk({ auth: SILENCE }, { interruptAt: "AUTH" }),
  "out-of-time": explained("EHLO", () => explainDialogue("EHLO")(new StepTimeout(3, true))),

  "starttls-not-offered": talk({ ehlo: "250 scripted.test\r\n" }),
  "stays-in-clear": talk({ ehlo: "250 scripted.test\r\n" }, { target: { onlyIfOffered: true } }),
  "starttls-injection": talk({ starttls: "220 Ready\r\n250 injected\r\n" }),
  "plain-text-port": talk({}, { target: { security: "tls" } }),
  "tls-version": explained("TLS", () =>
    explainTls({ host: "mail.example.com", port: 465 })(system("ERR_SSL_UNSUPPORTED_PROTOCOL")),
  ),
  "tls-too-old": talk({}, { tls: { maxVersion: "TLSv1.1", minVersion: "TLSv1", ciphers: "DEFAULT@SECLEVEL=0" } }),
  "tls-failed": explained("TLS", () =>
    explainTls({ host: "mail.example.com", port: 465 })(system("ERR_SSL_BAD_RECORD_TYPE")),
  ),

  "tls-name-unknown": handshakeFailing("ERR_SSL_TLSV1_UNRECOGNIZED_NAME"),
  "tls-server-error": handshakeFailing("ERR_SSL_TLSV1_ALERT_INTERNAL_ERROR"),
  "second-certificate": explained("MAIL", () => explainSend(system("CERT_HAS_EXPIRED"), "MAIL", mailTarget(25), {})),
  "starttls-masked": talk({ ehlo: "250-scripted.test\r\n250 XXXXXXXA\r\n" }),

  "certificate-expired": talk({}, { certificate: issued([-30, -1]) }),
  "certificate-not-yet-valid": talk({}, { certificate: issued([1, 30]) }),
  "certificate-self-signed": talk({}, { certificate: selfSigned({ name: "x", hosts: ["127.0.0.1"] }) }),
  "certificate-unknown-issuer": talk({}, { target: { ca: undefined } }),
  "certificate-wrong-name": talk({}, { certificate: issued([-1, 100], ["mail.example.com"]) }),
  "certificate-rejected": peerRefused("CRL_HAS_EXPIRED"),
  "certificate-revoked": peerRefused("CERT_REVOKED"),
  "certificate-wrong-purpose": peerRefused("INVALID_PURPOSE"),
  "certificate-issuer-no-authority": peerRefused("INVALID_CA"),
  "certificate-chain-not-yet-valid": peerRefused("CERT_NOT_YET_VALID"),
  "certificate-chain-expired": peerRefused("CERT_HAS_EXPIRED", {}, { to: 0 }),
  "certificate-authority-expired": peerRefused("CERT_HAS_EXPIRED", {}, { to: 0, selfIssued: true }),
  "certificate-weak-signature": peerRefused("UNSPECIFIED", { weakSignature: "SHA-1" }),
  "certificate-unknown-issuer-in-between": peerRefused("UNABLE_TO_VERIFY_LEAF_SIGNATURE", {
    issuer: "Avast Mail Shield Root",
  }),
  "certificate-wrong-name-kind": peerRefused("ERR_TLS_CERT_ALTNAME_INVALID", {
    alternativeNames: [{ kind: "DNS", name: "192.0.2.1" }],
  }),
  "certificate-without-alternative-name": talk(
    {},
    { certificate: scriptedAuthority.issue({ name: "localhost" }), target: named },
  ),
  "certificate-chain-expires-soon": talk({}, ofOldAuthority()),
  "certificate-not-by-given-authority": talk({}, { target: { ca: Authority.create("Another CA").pem } }),
  "certificate-authority-replaced": talk({}, { certificate: namesake() }),
  "certificate-expires-soon": talk({}, { certificate: issued([-300, 45]) }),
  "certificate-expires-next": talk({}, { certificate: issued([-300, 20]) }),

  "auth-not-offered": talk({ ehloTls: "250 scripted.test\r\n" }),
  "auth-not-offered-in-clear": talk({ ehlo: "250 scripted.test\r\n" }, { target: { security: "none" } }),
  "no-common-mechanism": talk(offering("SCRAM-SHA-256 GSSAPI")),
  "mechanism-not-offered": talk(offering("PLAIN CRAM-MD5"), { target: loginBy("LOGIN") }),
  "only-token-logins": talk(offering("XOAUTH2 OAUTHBEARER")),
  "only-domain-logins": talk(offering("GSSAPI NTLM")),
  "token-refused": talk(
    { ...offering("XOAUTH2"), auth: "334 eyJzdGF0dXMiOiI0MDEifQ==\r\n", authAnswers: ["535 5.7.8 No\r\n"] },
    { target: loginBy("XOAUTH2") },
  ),
  "login-without-end": talk({ auth: "334 \r\n", authAnswers: ["334 \r\n", "334 \r\n"] }),
  "login-unseen": talk(offering("LOGIN")),

  "mechanism-offered-and-refused": talk({
    ...offering("PLAIN LOGIN"),
    auth: (line) => (line.includes("PLAIN") ? "504 5.7.4 Unrecognized authentication type\r\n" : "334 \r\n"),
    authAnswers: ["334 \r\n", "235 2.7.0 Ok\r\n"],
  }),
  "login-connection-closed": talk({ auth: HANG_UP }),
  "connection-closed-before-banner": talk({ banner: HANG_UP }),
  "slow-server": talk({}, { target: { timeoutMs: 1e9 }, runtime: { clock: leapingClock() } }),
  "smtputf8-not-offered": talk({}, { target: { to: ["jörg@example.com"] } }),
  "still-greylisted": talk({ rcpt: { "*": "450 4.2.0 Greylisted\r\n" } }, { hurried: true }),
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
