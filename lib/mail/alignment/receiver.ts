import type { Problem } from "../../core/problem";
import { remedyFor } from "../stage/remedy";
import type { AlignmentCheck } from "./alignment";
import type { AuthenticationResults } from "./authentication-results";
import { alignment as remedies } from "./remedies";

/** The receiving server's result of one check, beside the one found here. */
export interface SecondOpinion {
  /** A sentence for the stage's detail. */
  readonly sentence: string;
  /** Present when one of the two results is pass and the other is not. */
  readonly disagreement?: Problem;
}

const REASONS: Readonly<Record<AlignmentCheck, string>> = {
  spf: "it saw the mail come from another address, or from another envelope sender, or its name servers know another record",
  dkim: "its name servers know another key, or the message was changed behind its check",
  dmarc: "it differs in SPF or DKIM, or its name servers know another policy",
};

/** Words of some servers for the results of RFC 8601. */
const SYNONYMS: Readonly<Record<string, string>> = { hardfail: "fail", bestguesspass: "none" };

/** Compares the two results. `ours` undefined: there is no result here. */
export function secondOpinion(
  check: AlignmentCheck,
  ours: string | undefined,
  receiver: AuthenticationResults | undefined,
): SecondOpinion | undefined {
  const said = receiver?.results
    .filter(({ method }) => method === check)
    .map(({ result }) => SYNONYMS[result] ?? result);
  const theirs = said?.includes("pass") ? "pass" : said?.[0];
  if (receiver === undefined || theirs === undefined) return undefined;
  const words = `${check}=${theirs}`;
  if (ours === undefined || ours === "temperror") return { sentence: `${receiver.server} says ${words}` };
  if (ours === theirs) return { sentence: `${receiver.server} agrees (${words})` };
  if (ours !== "pass" && theirs !== "pass") return { sentence: `${receiver.server} says ${words}` };
  const values = { server: receiver.server, theirs: words, ours, reasons: REASONS[check] };
  return {
    sentence: `${receiver.server} disagrees (${words}): ${REASONS[check]}`,
    disagreement: remedyFor(remedies.receiverDisagrees, values),
  };
}
