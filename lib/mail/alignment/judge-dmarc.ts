import type { Problem } from "../../core/problem";
import { printable } from "../../core/printable";
import { remedyFor } from "../stage/remedy";
import type { AlignmentRequest } from "./alignment";
import type { DmarcDiscovery, DmarcDisposition, DmarcPolicy } from "./dmarc-policy";
import type { AlignmentJudgement, DmarcStanding } from "./judgement";
import { dnsDomainOf } from "./organizational-domain";
import type { SecondOpinion } from "./receiver";
import { alignment as remedies } from "./remedies";

export interface DmarcContext {
  /** The results of the earlier checks. */
  readonly spf: DmarcStanding;
  readonly dkim: DmarcStanding;
  /** The declared address of the sender; `from` of the request is that of the arrived message. */
  readonly declaredFrom: string;
  readonly policy: () => Promise<DmarcDiscovery>;
  readonly secondOpinion: (ours: "pass" | "fail" | "none" | "permerror" | undefined) => SecondOpinion | undefined;
}

/** DMARC passes when SPF or DKIM passes and is aligned with From. @see RFC 7489, section 6.6.2 */
export async function judgeDmarc(request: AlignmentRequest, context: DmarcContext): Promise<AlignmentJudgement> {
  const domain = dnsDomainOf(request.from);
  const found = await context.policy();
  if (found.state !== "found") {
    const second = context.secondOpinion(found.state === "none" ? "none" : "permerror");
    const { problem, seen } = without(found);
    return { ...missed(problem), detail: sentence([seen, second?.sentence]) };
  }
  const { policy } = found;
  const result = combined(context);
  const second = context.secondOpinion(result === "unknown" ? undefined : result);
  const rewritten = rewriting(request.from, context.declaredFrom);
  const [why] = policy.ignored;
  const ignored = why === undefined ? undefined : remedyFor(remedies.dmarcIgnored, { domain: policy.domain, why });
  const detail = sentence([
    foretold(result, request),
    reason(context, result),
    describe(policy),
    ignored && `"${policy.record}"`,
    ignored?.summary,
    rewritten?.summary,
    second?.sentence,
  ]);
  switch (result) {
    case "pass": {
      const problem = second?.disagreement ?? rewritten ?? ignored;
      return { status: problem ? "warning" : "passed", passes: true, standing: result, detail, problem };
    }
    case "unknown": {
      const problem = remedyFor(remedies.dmarcUnknown, { domain });
      return { status: "unavailable", passes: false, standing: result, detail, problem };
    }
    case "fail":
      return { ...missed(...failure(policy, domain, request)), detail };
  }
}

/** Only a change of the domain matters: the domain is what is judged. */
function rewriting(arrived: string, declared: string): Problem | undefined {
  if (dnsDomainOf(arrived) === dnsDomainOf(declared)) return undefined;
  return remedyFor(remedies.fromRewritten, { arrived: printable(arrived, 200), declared });
}

function combined({ spf, dkim }: DmarcContext): DmarcStanding {
  if (spf === "pass" || dkim === "pass") return "pass";
  return spf === "fail" && dkim === "fail" ? "fail" : "unknown";
}

const missed = (problem: Problem, status: "warning" | "failed" = "warning") =>
  ({ status, passes: false, standing: "fail", problem }) as const;

const sentence = (parts: readonly (string | undefined)[]) => parts.filter(Boolean).join("; ");

/** Without a message the result is a forecast. */
const foretold = (result: DmarcStanding, { raw }: AlignmentRequest) =>
  result === "unknown" ? "not known" : raw ? result : `${result}, as far as DNS tells`;

function reason({ spf, dkim }: DmarcContext, result: DmarcStanding): string {
  if (spf === "pass" && dkim === "pass") return "SPF and DKIM pass, aligned";
  if (spf === "pass" && dkim === "unknown")
    return "by SPF alone, DKIM is not known; if it does not pass, forwarding breaks it";
  if (spf === "pass") return "by SPF alone; forwarding will break it";
  if (dkim === "pass") return "by DKIM alone";
  return result === "fail" ? "neither SPF nor DKIM passes" : `SPF: ${spf}, DKIM: ${dkim}`;
}

function describe({ domain, p, sp, pct, adkim, aspf }: DmarcPolicy): string {
  const facts = [`p=${p}`, sp && `sp=${sp}`, pct < 100 && `pct=${pct}`, `adkim ${adkim}`, `aspf ${aspf}`];
  return `policy at _dmarc.${domain}: ${facts.filter(Boolean).join(", ")}`;
}

function without(found: Exclude<DmarcDiscovery, { state: "found" }>): { problem: Problem; seen: string } {
  switch (found.state) {
    case "none": {
      const where = found.asked.map((name) => `_dmarc.${name}`).join(" and ");
      return {
        problem: remedyFor(remedies.dmarcNoRecord, { domain: found.asked.at(-1)! }),
        seen: `no record at ${where}`,
      };
    }
    case "several": {
      const { domain, records } = found;
      const quoted = records.slice(0, 3).map((record) => `"${printable(record, 120)}"`);
      const seen = `permerror: ${records.length} records at _dmarc.${domain}: ${quoted.join(", ")}`;
      return { problem: remedyFor(remedies.dmarcSeveral, { domain }), seen };
    }
    case "malformed": {
      const { domain, record, why } = found;
      return { problem: remedyFor(remedies.dmarcMalformed, { domain, why }), seen: `permerror: ${why}: "${record}"` };
    }
  }
}

function failure(
  policy: DmarcPolicy,
  domain: string,
  { raw, junk }: AlignmentRequest,
): [Problem, "warning" | "failed"] {
  const wanted = applied(policy);
  if (wanted === "none") return [remedyFor(remedies.dmarcFail, { domain }), "warning"];
  if (raw && junk === false) return [remedyFor(remedies.dmarcFailArrived, { domain, policy: wanted }), "warning"];
  const row = wanted === "reject" ? remedies.dmarcReject : remedies.dmarcQuarantine;
  return [remedyFor(row, { domain }), "failed"];
}

/** With pct=0 the policy applies to no mail, and the next milder one to all. @see RFC 7489, section 6.6.4 */
function applied({ disposition, pct }: DmarcPolicy): DmarcDisposition {
  if (pct > 0) return disposition;
  return disposition === "reject" ? "quarantine" : "none";
}
