import { ProblemError } from "../../core/problem";
import type { ImapMailbox } from "../../mail/imap/mailbox";
import { Questions } from "../../mail/alignment/questions";
import { nameServers } from "../../mail/wire/name-servers";
import type { TestRequest } from "../../mail";
import { ARRIVAL, DNS, kindOf, TCP } from "../../mail/stage/stage";
import { commandRuntime } from "../../inventory/runtime";
import { isObject } from "../../plan/masking";
import { recordsOf, rulesOf } from "../../proof/domain-facts";
import type { ChainProof, ProvedReceiver, ProvedStage } from "../../proof/proof";
import type { MailTest } from "../mail/mail-test";
import type { MailTestOutcome } from "../mail/outcome";
import { readPasswords } from "../mail/passwords";
import { requestOf } from "../mail/request";
import { runOne } from "../mail/run-one";
import type { Surroundings } from "../surroundings";
import type { Chain } from "./chain";
import { lookAtMailboxes } from "./mailbox-certificates";
import { SeenCertificates } from "../../proof/seen-certificates";

export interface ChainOptions {
  /**
   * Also finds out what may expire: what the sender's domain publishes, and the certificates of the mailboxes' servers
   * where nothing is sent. @default false
   */
  readonly ends?: boolean;
}

/** Tests one chain, within the time limit of its test. */
export async function testChain(chain: Chain, options: ChainOptions, surroundings: Surroundings): Promise<ChainProof> {
  const { address, test, leftOut } = chain;
  if ("unknown" in test) return notTested(chain, test.unknown);
  const certificates = new SeenCertificates();
  try {
    const request = requestOf(test, readPasswords([test], surroundings.environment).get(test)!);
    const { target, mailboxes = [] } = request;
    const { lastStage, elsewhere = false } = chain;
    const outcome = await runOne(
      test,
      { ...request, target: { ...target, ...(lastStage && { lastStage }), ...(elsewhere && { onlyIfOffered: true }) } },
      surroundings.redactor,
      surroundings,
      { onCertificates: certificates.record },
    );
    const ends = options.ends === true && !surroundings.interrupted.aborted;
    const further = ends ? await whatEnds(test, request, certificates, surroundings) : {};
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
      certificates: certificates.all(),
      leftOut,
      ...further,
    };
  } catch (error) {
    if (!(error instanceof ProblemError)) throw error;
    const [{ summary, expected, fix }] = error.problems as [ProblemError["problems"][0]];
    return notTested(chain, `${summary}${expected === undefined ? "" : ` (${expected})`}. ${fix}`);
  }
}

/** What may expire besides what the test has shown; all requests are made at the same time. */
async function whatEnds(
  test: MailTest,
  request: TestRequest,
  certificates: SeenCertificates,
  surroundings: Surroundings,
): Promise<Pick<ChainProof, "unseen" | "records" | "rules">> {
  const { target, mailboxes = [] } = request;
  const questions = new Questions(nameServers(target.dnsServers), surroundings.interrupted);
  const [unseen, records, rules] = await Promise.all([
    // The test mail was looked for in these mailboxes already.
    test.kind === "probe" ? lookAtMailboxes(test, target, mailboxes, certificates, surroundings) : [],
    recordsOf(target, selectorsOf(test), questions),
    rulesOf(target, certificates.of(target), questions, commandRuntime(surroundings, surroundings.redactor)),
  ]);
  return {
    ...(unseen.length === 0 ? {} : { unseen }),
    records,
    ...(rules.length === 0 ? {} : { rules }),
  };
}

function selectorsOf({ values }: MailTest): string[] {
  const alignment = isObject(values["alignment"]) ? values["alignment"] : {};
  return Array.isArray(alignment["dkim_selectors"]) ? alignment["dkim_selectors"].map(String) : [];
}

function notTested({ address, test, leftOut }: Chain, verdict: string): ChainProof {
  const how = "unknown" in test ? "probe" : test.kind;
  return { address, how, state: "unknown", verdict, stages: [], receivers: [], certificates: [], leftOut };
}

/** An interrupted test is unknown, and so is a server that only the platform may reach. */
function stateOf({ exitCode, result }: MailTestOutcome, elsewhere: boolean): ChainProof["state"] {
  if (exitCode === 130) return "unknown";
  if (result.ok) return "through";
  const failed = result.stages.find(({ status }) => status === "failed");
  if (failed === undefined) return "unknown";
  return elsewhere && [DNS, TCP].includes(kindOf(failed)) ? "unknown" : "broken";
}

const stageOf = (stage: MailTestOutcome["result"]["stages"][number]): ProvedStage => ({
  name: stage.name,
  kind: kindOf(stage),
  status: stage.status,
  durationMs: stage.durationMs,
  detail: stage.detail,
  ...(stage.remedy === undefined ? {} : { remedy: stage.remedy }),
});

/**
 * A receiver has the mail where it was found in the right place of the mailbox; with one mailbox the stage has no name.
 */
function receiversOf(
  { result }: MailTestOutcome,
  mailboxes: readonly Pick<ImapMailbox, "receiver">[],
): ProvedReceiver[] {
  const arrived = result.stages
    .filter((stage) => kindOf(stage) === ARRIVAL && (stage.status === "passed" || stage.status === "warning"))
    .map(({ subject }) => (subject?.kind === ARRIVAL ? subject.receiver : mailboxes[0]?.receiver));
  return result.receivers
    .filter(({ status }) => status !== "untried")
    .map(({ address, status }) => ({ address, status: arrived.includes(address) ? "arrived" : status }));
}
