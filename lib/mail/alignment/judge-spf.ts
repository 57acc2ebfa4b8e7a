import { localPart } from "../../core/mail-address";
import type { Problem } from "../../core/problem";
import { printable } from "../../core/printable";
import { remedyFor } from "../stage/remedy";
import { spfTerm } from "./address-kind";
import type { AlignmentRequest } from "./alignment";
import { headerFields } from "./header-fields";
import type { AlignmentJudgement } from "./judgement";
import { dnsDomainOf, isAligned, type AlignmentMode } from "./organizational-domain";
import type { Questions } from "./questions";
import type { SecondOpinion } from "./receiver";
import { alignment as remedies } from "./remedies";
import { sourceAddresses, type SourceAddresses } from "./source-addresses";
import {
  evaluateSpf,
  isAll,
  MAX_LOOKUPS,
  spfNearMisses,
  spfRecords,
  type SpfFault,
  type SpfOutcome,
  type SpfResult,
} from "./spf";

/** Of several addresses the worst result decides: the mail may be sent from any of them. */
const FROM_WORST: readonly SpfResult[] = ["temperror", "permerror", "fail", "softfail", "none", "neutral", "pass"];

export interface SpfContext {
  readonly questions: Questions;
  /** The mode by which DMARC compares MAIL FROM with From; called only where they differ. */
  readonly mode: () => Promise<AlignmentMode>;
  readonly secondOpinion: (ours: SpfResult | undefined) => SecondOpinion | undefined;
}

export async function judgeSpf(request: AlignmentRequest, context: SpfContext): Promise<AlignmentJudgement> {
  const { questions } = context;
  const sources = sourceAddresses(request);
  const envelope = envelopeSender(request);
  if (sources.ips.length === 0) return noSource(context.secondOpinion(undefined));

  const from = { ...envelope, helo: request.helo ?? envelope.domain };
  const outcomes: SpfOutcome[] = [];
  for (const ip of sources.ips) outcomes.push(await evaluateSpf(ip, from, questions));
  const worst = FROM_WORST.map((result) => outcomes.find((outcome) => outcome.result === result)).find(Boolean)!;

  const second = context.secondOpinion(worst.result);
  const weighed = await weigh({ worst, outcomes, sources, envelope, second }, dnsDomainOf(request.from), context);
  const records = worst.result === "temperror" ? [] : await spfRecords(envelope.domain, questions);
  const [near] = worst.result === "none" ? await spfNearMisses(envelope.domain, questions) : [];
  const record = near === undefined ? undefined : `"${printable(near, 200)}"`;
  const values = { domain: envelope.domain, terms: sources.ips.map(spfTerm).join(" ") };
  const problem = record === undefined ? weighed.problem : remedyFor(remedies.spfNearMiss, { ...values, record });
  const detail = [
    outcomes.map((outcome) => textOf(outcome, sources)).join(", "),
    worst.why && weighed.problem?.summary,
    ...records.slice(0, 3).map((record) => `"${printable(record, 200)}" of ${envelope.domain}`),
    record && problem?.summary,
    second?.sentence,
  ];
  return { ...weighed, ...(problem && { problem }), detail: detail.filter(Boolean).join("; ") };
}

/** Everything that was found, before it is judged. */
interface Findings {
  readonly worst: SpfOutcome;
  readonly outcomes: readonly SpfOutcome[];
  readonly sources: SourceAddresses;
  readonly envelope: Envelope;
  readonly second: SecondOpinion | undefined;
}

async function weigh(
  findings: Findings,
  from: string,
  context: SpfContext,
): Promise<Omit<AlignmentJudgement, "detail">> {
  const { worst, outcomes, sources, envelope, second } = findings;
  if (worst.result === "temperror") {
    const problem = shortfall(worst, outcomes, envelope.domain, context.questions);
    return { status: "unavailable", passes: false, standing: "unknown", problem };
  }
  const guessed = sources.origin === "guess";
  if (worst.result !== "pass") {
    const problem =
      guessed && ["fail", "softfail", "neutral"].includes(worst.result)
        ? remedyFor(remedies.spfGuess, refused(outcomes, envelope.domain))
        : shortfall(worst, outcomes, envelope.domain, context.questions);
    // A record that is broken or missing is so for every address.
    const standing = guessed && !["none", "permerror"].includes(worst.result) ? "unknown" : "fail";
    return { status: "warning", passes: false, standing, problem };
  }
  if (!(await aligned(envelope.domain, from, context))) {
    const problem = remedyFor(remedies.spfNotAligned, { envelope: envelope.domain, domain: from });
    return { status: "warning", passes: false, standing: "fail", problem };
  }
  const passes = { passes: true, standing: "pass" } as const;
  if (worst.matched !== undefined && isAll(worst.matched)) {
    const terms = sources.ips.map(spfTerm).join(" ");
    const problem = remedyFor(remedies.spfEverybody, { domain: envelope.domain, matched: worst.matched, terms });
    return { status: "warning", ...passes, problem };
  }
  if (second?.disagreement) return { status: "warning", ...passes, problem: second.disagreement };
  return { status: "passed", ...passes };
}

function noSource(second: SecondOpinion | undefined): AlignmentJudgement {
  const problem = remedyFor(remedies.spfNoSource);
  const detail = [problem.summary, second?.sentence].filter(Boolean).join("; ");
  return { status: "unavailable", passes: false, standing: "unknown", detail, problem };
}

/** The DMARC policy is only looked up where it matters. */
async function aligned(envelope: string, from: string, { mode }: SpfContext): Promise<boolean> {
  return envelope === from || isAligned(envelope, from, await mode());
}

interface Envelope {
  readonly sender: string;
  readonly domain: string;
}

/** MAIL FROM as the receiving server saw it (Return-Path), for a relay that replaces it. */
function envelopeSender({ from, raw }: AlignmentRequest): Envelope {
  const returned = raw && headerFields(raw).find(({ name }) => name === "return-path")?.value;
  const address = /^<([^<>\s@]{1,64}@[a-z0-9.-]{1,253})>/i.exec(returned ?? "")?.[1] ?? from;
  const domain = dnsDomainOf(address);
  return { sender: `${localPart(address)}@${domain}`, domain };
}

/** "pass for 203.0.113.25 (ip4:203.0.113.0/24; declared; 1 of 10 lookups)" */
function textOf({ ip, result, matched, lookups }: SpfOutcome, { described }: SourceAddresses): string {
  const lookedUp = lookups === 0 ? undefined : `${lookups} of ${MAX_LOOKUPS} lookups`;
  return `${result} for ${ip} (${[matched, described, lookedUp].filter(Boolean).join("; ")})`;
}

function refused(outcomes: readonly SpfOutcome[], domain: string) {
  const ips = outcomes.filter(({ result }) => result !== "pass").map(({ ip }) => ip);
  return { domain, ips: ips.join(" and "), terms: ips.map(spfTerm).join(" ") };
}

function shortfall(worst: SpfOutcome, outcomes: readonly SpfOutcome[], domain: string, questions: Questions): Problem {
  const values = refused(outcomes, domain);
  const matched = worst.matched ?? "the end of the record";
  switch (worst.result) {
    case "none":
      return remedyFor(remedies.spfNoRecord, values);
    case "fail":
      return remedyFor(remedies.spfFail, { ...values, matched });
    case "softfail":
      return remedyFor(remedies.spfSoftfail, { ...values, matched });
    case "permerror":
    case "temperror":
      return broken(worst.why!, values, questions);
    case "neutral":
    case "pass":
      return remedyFor(remedies.spfNeutral, values);
  }
}

function broken(fault: SpfFault, { domain, terms }: { domain: string; terms: string }, questions: Questions): Problem {
  switch (fault.kind) {
    case "too-many-lookups":
      return remedyFor(remedies.spfTooManyLookups, { domain, terms, limit: MAX_LOOKUPS });
    case "loop":
      return remedyFor(remedies.spfLoop, { domain, terms, path: printable(fault.path.join(" -> "), 200) });
    case "too-many-void":
      return remedyFor(remedies.spfTooManyVoid, { domain, terms });
    case "several-records":
      return remedyFor(remedies.spfSeveral, { domain: fault.domain });
    case "too-long":
      return remedyFor(remedies.spfTooLong, { domain: fault.domain, length: fault.length });
    case "no-record-included":
      return remedyFor(remedies.spfIncludeMissing, { domain, included: fault.domain });
    case "syntax":
      return remedyFor(remedies.spfSyntax, { domain, why: fault.words });
    case "no-answer":
      if (fault.name !== undefined && fault.name !== domain) {
        const values = { domain, included: fault.name, servers: questions.described, question: fault.words };
        return remedyFor(remedies.spfIncludeUnanswered, values);
      }
      return remedyFor(remedies.dnsFailed, { servers: questions.described, question: fault.words, domain });
  }
}
