import type { Problem } from "../../../core/problem";
import { printable } from "../../../core/printable";
import type { ExplainEntryRefusal, ImapEntryRefusal } from "../../imap/refusal";
import { explainReported, problemOf, parseImapRefusal, recognizeProvider, type ProviderId } from "../refusals";
import { mailboxLoginRefused, mailboxTokenRefused } from "../refusals/causes";

/** Explains a refusal of a mailbox's server, by the same rows as for SMTP. */
export const explainMailboxRefusal: ExplainEntryRefusal = (refusal) => {
  const { step, said, mailbox } = refusal;
  const text = printable(said);
  const provider = providerOf(refusal);
  const { problem, interpretation } = explainReported(parseImapRefusal(`NO ${said}`)!, text, {
    stage: "IMAP",
    login: step === "login" ? "given" : "held-back",
    mechanism: mailbox.accessToken === true ? "XOAUTH2" : "PLAIN",
    ...(provider === undefined ? {} : { provider }),
  });
  if (interpretation) return ofUser(problem, refusal);
  if (step !== "login") return undefined;
  // A login that is refused without a reason.
  return ofUser(problemOf(mailbox.accessToken === true ? mailboxTokenRefused : mailboxLoginRefused, text), refusal);
};

/** Exchange Online is recognised by its capabilities; the host name may be the user's own. */
function providerOf({ mailbox, reached }: ImapEntryRefusal): ProviderId | undefined {
  const exchange = reached !== undefined && /Microsoft Exchange IMAP4/i.test(reached.greeting);
  if (exchange && reached.capabilities.has("AUTH=XOAUTH2")) return "microsoft-365";
  return recognizeProvider({ host: mailbox.host });
}

/** Adds the user of the login. */
function ofUser(problem: Problem, { step, mailbox }: ImapEntryRefusal): Problem {
  if (step !== "login") return problem;
  const whose = ` (login of ${printable(mailbox.username)})`;
  const { summary, prose } = problem;
  return {
    ...problem,
    summary: summary + whose,
    ...(prose && { prose: { ...prose, summary: [...prose.summary, whose] } }),
  };
}
