import { printableLine } from "../../core/printable";
import { ProblemError } from "../../core/problem";
import { DNS, kindOf, TCP } from "../../mail/stage/stage";
import type { ChainProof, ProvedReceiver, ProvedStage, SeenCertificate } from "../../proof/proof";
import { ARRIVAL } from "../../mail/stage/stage";
import { isObject } from "../../terraform-plugin/values";
import type { MailTest } from "../mail/mail-test";
import type { Outcome } from "../mail/outcome";
import { readPasswords } from "../mail/passwords";
import { requestOf } from "../mail/request";
import { runOne } from "../mail/run-one";
import type { Surroundings } from "../surroundings";
import type { Chain } from "./chain";
import { recordsOf } from "./records";

export interface WalkOptions {
  /** Also ask what the sender's domain publishes. @default false */
  readonly records?: boolean;
}

/** Walks one chain to its end, within the time that its test has. */
export async function walk(
  chain: Chain,
  { records = false }: WalkOptions,
  surroundings: Surroundings,
): Promise<ChainProof> {
  const { address, test, leftOut } = chain;
  if ("unknown" in test) return notWalked(chain, test.unknown);
  const certificates: SeenCertificate[] = [];
  try {
    const request = requestOf(test, readPasswords([test], surroundings.environment).get(test)!);
    const { target } = request;
    const { lastStage, elsewhere = false } = chain;
    const outcome = await runOne(
      test,
      { ...request, target: { ...target, ...(lastStage && { lastStage }), ...(elsewhere && { onlyIfOffered: true }) } },
      surroundings.redactor,
      surroundings,
      {
        onCertificates: (server, seen) =>
          certificates.push(...seen.flatMap((one, index) => seenAt(server, one, index === 0))),
      },
    );
    const published = records ? await recordsOf(test, target, surroundings.interrupted) : undefined;
    const state = stateOf(outcome, elsewhere);
    const { arrival, verdict } = outcome.result;
    return {
      address,
      how: test.kind,
      state,
      server: `${target.host}:${target.port}`,
      verdict:
        state === "unknown" && elsewhere ? `${verdict}; the platform may reach it, nobody can tell from here` : verdict,
      ...(target.login === undefined ? {} : { login: target.login.mechanism === "XOAUTH2" ? "token" : "password" }),
      stages: outcome.result.stages.map(stageOf),
      receivers: receiversOf(outcome, test),
      ...(arrival === undefined ? {} : { arrivedAfterMs: arrival.latencyMs }),
      certificates: distinct(certificates),
      leftOut,
      ...(published === undefined ? {} : { records: published }),
    };
  } catch (error) {
    if (!(error instanceof ProblemError)) throw error;
    const [{ summary, expected, fix }] = error.problems as [ProblemError["problems"][0]];
    return notWalked(chain, `${summary}${expected === undefined ? "" : ` (${expected})`}. ${fix}`);
  }
}

function notWalked({ address, test, leftOut }: Chain, verdict: string): ChainProof {
  const how = "unknown" in test ? "probe" : test.kind;
  return { address, how, state: "unknown", verdict, stages: [], receivers: [], certificates: [], leftOut };
}

/** What was interrupted, and what may be reached from elsewhere only, nobody can tell. */
function stateOf({ exitCode, result }: Outcome, elsewhere: boolean): ChainProof["state"] {
  if (exitCode === 130) return "unknown";
  if (result.ok) return "through";
  const failed = result.stages.find(({ status }) => status === "failed");
  if (failed === undefined) return "unknown";
  return elsewhere && [DNS, TCP].includes(kindOf(failed)) ? "unknown" : "broken";
}

const stageOf = (stage: Outcome["result"]["stages"][number]): ProvedStage => ({
  name: stage.name,
  kind: kindOf(stage),
  status: stage.status,
  durationMs: stage.durationMs,
  detail: stage.detail,
  ...(stage.remedy === undefined ? {} : { remedy: stage.remedy }),
});

function receiversOf({ result }: Outcome, { values }: MailTest): ProvedReceiver[] {
  const imap = values["imap"];
  const arrived = result.stages.some((stage) => kindOf(stage) === ARRIVAL && stage.status === "passed");
  const receivers = result.receivers.filter(({ status }) => status !== "untried");
  const named = isObject(imap) && typeof imap["receiver"] === "string" ? imap["receiver"] : undefined;
  const found = named ?? (receivers.length > 0 ? receivers[0]!.address : undefined);
  return receivers.map(({ address, status }) => ({
    address,
    status: arrived && isObject(imap) && address === found ? "arrived" : status,
  }));
}

function seenAt(
  { host, port }: { readonly host: string; readonly port: number },
  { name, from, to }: { readonly name: string | undefined; readonly from: number; readonly to: number },
  own: boolean,
): SeenCertificate[] {
  if (Number.isNaN(from) || Number.isNaN(to)) return [];
  return [
    {
      server: `${host}:${port}`,
      own,
      name: `CN=${printableLine(name ?? "?")}`,
      from: new Date(from).toISOString(),
      until: new Date(to).toISOString(),
    },
  ];
}

/** A server is connected to more than once. */
const distinct = (certificates: readonly SeenCertificate[]): SeenCertificate[] => [
  ...new Map(certificates.map((one) => [JSON.stringify(one), one])).values(),
];
