import { printableLine } from "../../core/printable";
import { ProblemError } from "../../core/problem";
import type { Mailbox } from "../../mail/imap/mailbox";
import type { ProbeRuntime } from "../../mail/wire/probe-runtime";
import { ARRIVAL, DNS, kindOf, TCP } from "../../mail/stage/stage";
import type { ChainProof, ProvedReceiver, ProvedStage, SeenCertificate } from "../../proof/proof";
import type { Outcome } from "../mail/outcome";
import { readPasswords } from "../mail/passwords";
import { requestOf } from "../mail/request";
import { runOne } from "../mail/run-one";
import type { Surroundings } from "../surroundings";
import type { Chain } from "./chain";
import { lookAtMailboxes } from "./mailbox-certificates";
import { recordsOf } from "./records";
import { rulesOf } from "./rules";

export interface WalkOptions {
  /**
   * Also ask for what may end: what the sender's domain publishes, and the certificates of the mailboxes' servers where
   * nothing is sent. @default false
   */
  readonly ends?: boolean;
}

/** Walks one chain to its end, within the time that its test has. */
export async function walk(chain: Chain, options: WalkOptions, surroundings: Surroundings): Promise<ChainProof> {
  const { address, test, leftOut } = chain;
  if ("unknown" in test) return notWalked(chain, test.unknown);
  const certificates: SeenCertificate[] = [];
  const chains = new Map<string, readonly Uint8Array[]>();
  const onCertificates: NonNullable<ProbeRuntime["onCertificates"]> = (server, seen) => {
    certificates.push(...seen.flatMap((one, index) => seenAt(server, one, index === 0)));
    chains.set(
      `${server.host}:${server.port}`,
      seen.map(({ raw }) => raw),
    );
  };
  const chainOf = ({ host, port }: { readonly host: string; readonly port: number }) =>
    chains.get(`${host}:${port}`) ?? [];
  try {
    const request = requestOf(test, readPasswords([test], surroundings.environment).get(test)!);
    const { target, mailboxes = [] } = request;
    const { lastStage, elsewhere = false } = chain;
    const outcome = await runOne(
      test,
      { ...request, target: { ...target, ...(lastStage && { lastStage }), ...(elsewhere && { onlyIfOffered: true }) } },
      surroundings.redactor,
      surroundings,
      { onCertificates },
    );
    const ends = options.ends === true && !surroundings.interrupted.aborted;
    const look = ends && test.kind === "probe";
    const unseen = look ? await lookAtMailboxes(test, request, { onCertificates }, surroundings) : [];
    const { interrupted } = surroundings;
    const published = ends ? await recordsOf(test, target, interrupted) : undefined;
    const rules = ends ? await rulesOf(target, chainOf(target), surroundings) : [];
    const state = stateOf(outcome, elsewhere);
    const { arrivals = [], verdict } = outcome.result;
    return {
      address,
      how: test.kind,
      state,
      server: `${target.host}:${target.port}`,
      verdict:
        state === "unknown" && elsewhere ? `${verdict}; the platform may reach it, nobody can tell from here` : verdict,
      ...(target.login === undefined ? {} : { login: target.login.mechanism === "XOAUTH2" ? "token" : "password" }),
      stages: outcome.result.stages.map(stageOf),
      receivers: receiversOf(outcome, mailboxes),
      ...(arrivals.length === 0 ? {} : { arrivedAfterMs: Math.max(...arrivals.map(({ latencyMs }) => latencyMs)) }),
      certificates: distinct(certificates),
      ...(unseen.length === 0 ? {} : { unseen }),
      leftOut,
      ...(published === undefined ? {} : { records: published }),
      ...(rules.length === 0 ? {} : { rules }),
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

/** Arrived is who has a mailbox in which the mail lay where it should; one mailbox alone has a stage without a name. */
function receiversOf({ result }: Outcome, mailboxes: readonly Pick<Mailbox, "receiver">[]): ProvedReceiver[] {
  const arrived = result.stages
    .filter((stage) => kindOf(stage) === ARRIVAL && (stage.status === "passed" || stage.status === "warning"))
    .map(({ subject }) => (subject?.kind === ARRIVAL ? subject.receiver : mailboxes[0]?.receiver));
  return result.receivers
    .filter(({ status }) => status !== "untried")
    .map(({ address, status }) => ({ address, status: arrived.includes(address) ? "arrived" : status }));
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
