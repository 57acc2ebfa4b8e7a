import { DAY_MS, expiryOf } from "../../core/certificate-expiry";
import { serverName } from "../connections";
import { judge, type Rule, type RuleContext } from "../rule";

export const certificateValid: Rule = {
  id: "certificate-valid",
  title: "The server's certificate does not expire soon",
  severity: "warning",
  why: "On the day the certificate expires, every platform that checks it stops sending, and no alert says so.",
  fix: "Have the SMTP server's certificate renewed, then test again (change `rerun`). Where a platform pins the certificate, its thumbprint changes too.",
  scope:
    "What the last test mail has seen; so it speaks in the review and not at synth. `certificateDays` of the policy says how soon is soon; else it goes by the certificate's own life: once less than a third of it is left, at most 30 days.",
  check: ({ tests }, context) =>
    judge(
      tests.flatMap(({ address, smtp, certificateValidFrom, certificateExpiresAt: end }) =>
        end ? [{ address, smtp, begin: certificateValidFrom ?? undefined, end }] : [],
      ),
      "no test has seen a certificate yet",
      ({ address, smtp, begin, end }) => {
        const what = finding(begin, end, context);
        return what === undefined ? undefined : { address, summary: `The certificate of ${serverName(smtp)} ${what}` };
      },
    ),
};

/** Tests of older versions do not record when the certificate's life began. */
const USUAL_LIFE_MS = 90 * DAY_MS;

/** Judges a certificate by its dates, not by the test's verdict, which may be months old. */
function finding(begin: string | undefined, end: string, { now, certificateDays }: RuleContext): string | undefined {
  const day = end.slice(0, 10);
  const to = Date.parse(end);
  if (to <= now) return `expired on ${day}`;
  const from = begin === undefined ? to - USUAL_LIFE_MS : Date.parse(begin);
  const isSoon =
    certificateDays === undefined ? expiryOf({ from, to }, now) === "urgent" : to - now < certificateDays * DAY_MS;
  return isSoon ? `expires on ${day}` : undefined;
}
