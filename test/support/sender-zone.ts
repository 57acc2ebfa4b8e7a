import { generateKeyPairSync } from "node:crypto";
import nodemailer from "nodemailer";
import { systemClock, type Clock } from "../../lib/core/clock";
import { judgeAlignment, type AlignmentRequest } from "../../lib/mail/alignment";
import { Deadline } from "../../lib/mail/wire/deadline";
import type { NameServers, Records, RecordType } from "../../lib/mail/wire/name-servers";
import type { Stage } from "../../lib/mail/stage/stage";
import { StageLog } from "../../lib/mail/stage/stage-log";
import { mailRuntime } from "./mail-runtime";
import type { Zone } from "./name-server";

export interface ZoneServers extends NameServers {
  /** Every question, as "TXT example.com", in order. */
  readonly questions: readonly string[];
}

/** Name servers that answer from a zone, without a network: for tables of many cases. */
export function zoneServers(zone: Zone): ZoneServers {
  const questions: string[] = [];
  return {
    described: "the test's name servers",
    questions,
    ask<T extends RecordType>(name: string, type: T, signal: AbortSignal) {
      questions.push(`${type} ${name}`);
      return answer(zone, name, type, signal) as Promise<Records[T]>;
    },
  };
}

async function answer(zone: Zone, name: string, type: RecordType, signal: AbortSignal): Promise<unknown> {
  const fail = (code: string) => Object.assign(new Error(`query${type} ${code} ${name}`), { code });
  const entry = zone[name];
  if (!entry) throw fail("ENOTFOUND");
  if (entry.trouble === "silence") {
    return new Promise((_, reject) => signal.addEventListener("abort", () => reject(signal.reason), { once: true }));
  }
  if (entry.trouble !== undefined) throw fail(`E${entry.trouble}`);
  const records = type === "TLSA" ? undefined : entry[type];
  if (records === undefined) throw fail("ENODATA");
  return type === "TXT" ? (records as readonly string[]).map((text) => [text.slice(0, 255), text.slice(255)]) : records;
}

/** A key pair as DKIM uses it: the private key to sign with, the text to publish. */
export interface SigningKey {
  readonly privateKey: string;
  readonly record: string;
}

export function rsaKey(bits = 2048): SigningKey {
  const { publicKey, privateKey } = generateKeyPairSync("rsa", { modulusLength: bits });
  return {
    privateKey: privateKey.export({ type: "pkcs8", format: "pem" }).toString(),
    record: `v=DKIM1; k=rsa; p=${publicKey.export({ type: "spki", format: "der" }).toString("base64")}`,
  };
}

export interface Signer {
  readonly domain: string;
  readonly selector: string;
  readonly privateKey: string;
}

export const signedMessage = (...signers: readonly Signer[]) => messageFrom("alerts@example.com", ...signers);

/** Written and signed by nodemailer: what verifies here was not signed by the software that verifies. */
export async function messageFrom(from: string, ...signers: readonly Signer[]): Promise<Buffer> {
  const keys = signers.map(({ domain, selector, privateKey }) => ({
    domainName: domain,
    keySelector: selector,
    privateKey,
  }));
  const options = { streamTransport: true, buffer: true, newline: "windows" } as const;
  const sent = await nodemailer.createTransport(options).sendMail({
    from,
    to: "oncall@example.net",
    subject: "Disk full",
    text: "The disk of db-1 is full.\nSee to it.\n",
    ...(keys.length === 0 ? {} : { dkim: { keys } }),
  });
  return sent.message as Buffer;
}

/** The three stages, judged by a zone. */
export async function judged(
  zone: Zone | NameServers,
  overrides: Partial<AlignmentRequest> = {},
  { clock = systemClock, signal = new AbortController().signal, timeoutMs = 5_000 } = {} as {
    clock?: Clock;
    signal?: AbortSignal;
    timeoutMs?: number;
  },
): Promise<{ readonly SPF: Stage; readonly DKIM: Stage; readonly DMARC: Stage }> {
  const servers = typeof zone.ask === "function" ? (zone as NameServers) : zoneServers(zone as Zone);
  const log = new StageLog(clock, (text) => text);
  const request: AlignmentRequest = {
    from: "alerts@example.com",
    sourceIps: ["203.0.113.25"],
    sourceIpsDeclared: true,
    selectors: [],
    require: [],
    ...overrides,
  };
  const run = { runtime: mailRuntime({ clock }), log, deadline: new Deadline(clock, timeoutMs, signal) };
  await judgeAlignment(run, request, servers);
  const [SPF, DKIM, DMARC, ...others] = log.stages;
  if (!SPF || !DKIM || !DMARC || others.length > 0) throw new Error(`${log.stages.length} stages in place of three`);
  return { SPF, DKIM, DMARC };
}
