import type { Problem } from "../../../core/problem";
import { remedyFor, type Remedy } from "../../stage/remedy";
import type { Reply } from "../../smtp/reply";
import { refusals } from "../remedies/refusals";
import { decodeEnhanced } from "./enhanced-codes";

/** Where a reply was received; the same code means different things at different places. */
export type RefusalStage = "banner" | "EHLO" | "AUTH" | "MAIL" | "RCPT" | "DATA";

/** By what a refusal is recognised: all that is given must fit. */
export interface RefusalSign {
  /** @default the stages of the remedy */
  readonly stages?: readonly RefusalStage[];
  readonly codes?: readonly number[];
  /** Tested against the enhanced code, which is empty when the server sends none. */
  readonly enhanced?: RegExp;
  /** Tested against the server's words. */
  readonly words?: RegExp;
  readonly remedy: Remedy;
}

/** The first that fits is taken, so the particular stands before the general. */
export const REFUSAL_SIGNS: readonly RefusalSign[] = [
  { codes: [530, 538], words: /STARTTLS|encrypt|TLS/i, remedy: refusals.encryptionRequired },
  { codes: [523, 538], remedy: refusals.encryptionRequired },
  { codes: [530], remedy: refusals.loginRequired },
  { words: /cannot find your (reverse )?host ?name|no (ptr|reverse dns)/i, remedy: refusals.clientWithoutName },
  { words: /(helo|ehlo) command rejected|(helo|ehlo) name/i, remedy: refusals.clientNameRefused },
  { stages: ["banner", "EHLO"], codes: [554, 521, 550, 571], remedy: refusals.clientRefused },
  // Postfix says who may not send, and on its submission port that is everybody who has not logged in.
  { codes: [554], words: /client host rejected: access denied/i, remedy: refusals.loginRequired },
  { codes: [554, 550, 571], words: /blocked using|block ?list|blacklist/i, remedy: refusals.clientRefused },
  { words: /(client|peer) certificate/i, remedy: refusals.clientCertificateRequired },
  { codes: [421], remedy: refusals.serviceUnavailable },

  { codes: [454], remedy: refusals.loginUnavailable },
  { codes: [535, 550], enhanced: /^5\.7\.(139|57)$/, remedy: refusals.loginDisabled },
  { codes: [534], remedy: refusals.mechanismTooWeak },
  { codes: [525], remedy: refusals.accountDisabled },
  { codes: [535], remedy: refusals.loginRefused },
  { codes: [504, 501, 503], remedy: refusals.mechanismRefused },

  { enhanced: /^5\.7\.2[0-7]$/, remedy: refusals.senderNotAuthenticated },
  { stages: ["DATA"], enhanced: /^5\.7\.(1|60)$/, words: /send as|sender/i, remedy: refusals.senderNotAllowed },
  { stages: ["MAIL"], enhanced: /^5\.(7\.(1|60)|1\.7|1\.8)$/, remedy: refusals.senderNotAllowed },
  { stages: ["MAIL"], codes: [550, 553, 501, 571], remedy: refusals.senderNotAllowed },

  { codes: [450, 451], words: /gr[ae]y-?list/i, remedy: refusals.greylisted },
  // Postfix waits for the receiver before it says what it thinks of the sender.
  { stages: ["MAIL", "RCPT"], words: /sender address rejected/i, remedy: refusals.senderNotAllowed },
  // 4.3.2 with 450: postscreen has looked at a stranger, and lets it in when it comes again.
  { codes: [450], enhanced: /^4\.3\.2$/, remedy: refusals.greylisted },
  { codes: [450, 451], enhanced: /^4\.(7\.|2\.0)/, remedy: refusals.greylisted },
  { enhanced: /^4\.5\.3$/, remedy: refusals.tooManyReceivers },

  { words: /relay/i, codes: [454, 550, 551, 553, 554, 571], remedy: refusals.relayDenied },
  { enhanced: /^5\.1\.(1|6|10)$/, remedy: refusals.noSuchMailbox },
  { enhanced: /^5\.1\.2$/, remedy: refusals.noSuchDomain },
  { enhanced: /^5\.1\.[34]$/, remedy: refusals.addressRefused },
  { enhanced: /^5\.2\.1$/, remedy: refusals.mailboxDisabled },
  { enhanced: /^[45]\.2\.2$/, remedy: refusals.mailboxFull },
  { enhanced: /^5\.(3\.4|2\.3)$/, remedy: refusals.messageTooLarge },
  { stages: ["DATA", "MAIL"], codes: [552], remedy: refusals.messageTooLarge },
  { stages: ["RCPT"], codes: [552], remedy: refusals.mailboxFull },
  { enhanced: /^5\.7\./, remedy: refusals.receiverRefusedByPolicy },
  { codes: [554, 551], remedy: refusals.relayDenied },
  { codes: [553], remedy: refusals.addressRefused },
  // Without an enhanced code, 550 says next to nothing but this.
  { codes: [550], enhanced: /^$/, remedy: refusals.noSuchMailbox },

  { enhanced: /^5\.[67]\./, remedy: refusals.contentRefused },
  { codes: [554, 550], remedy: refusals.contentRefused },
  { enhanced: /^4\.3\.1$/, remedy: refusals.serverFull },
];

/** One problem with one remedy for a refusal. */
export function explainRefusal(stage: RefusalStage, reply: Reply): Problem {
  const sign = refusalSign(stage, reply);
  if (sign) return remedyFor(sign.remedy, {}, reply.text);
  const decoded = reply.enhanced === undefined ? undefined : decodeEnhanced(reply.enhanced);
  const what = decoded ? `${stage} (${decoded.meaning})` : stage;
  return remedyFor(reply.code < 500 ? refusals.refusedForNow : refusals.refused, { what }, reply.text);
}

/** Undefined for a refusal that only its codes tell something about. */
export function refusalSign(stage: RefusalStage, reply: Reply): RefusalSign | undefined {
  return REFUSAL_SIGNS.find((sign) => fits(sign, stage, reply));
}

function fits({ stages, codes, enhanced, words, remedy }: RefusalSign, stage: RefusalStage, reply: Reply): boolean {
  return (
    (stages ?? remedy.stages).includes(stage) &&
    (codes?.includes(reply.code) ?? true) &&
    (enhanced?.test(reply.enhanced ?? "") ?? true) &&
    (words?.test(reply.text) ?? true)
  );
}
