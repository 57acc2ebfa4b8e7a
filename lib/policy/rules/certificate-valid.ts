import type { TestStage } from "../../core/topology";
import { serverName } from "../connections";
import { judge, type Rule, type RuleContext } from "../rule";

const DAY_MS = 86_400_000;

export const certificateValid: Rule = {
  id: "certificate-valid",
  title: "The server's certificate does not expire soon",
  severity: "warning",
  why: "On the day the certificate expires, every platform that checks it stops sending, and no alert says so.",
  fix: "Have the SMTP server's certificate renewed, then test again (change `rerun`). Where a platform pins the certificate, its thumbprint changes too.",
  scope:
    "What the last test mail has seen; so it speaks in the review and not at synth. `certificateDays` of the policy says how soon is soon (30 days).",
  check: ({ tests }, context) =>
    judge(
      tests.flatMap(({ address, smtp, stages, certificateExpiresAt }) => {
        if (certificateExpiresAt) return [{ address, smtp, day: certificateExpiresAt.slice(0, 10) }];
        return (stages ?? [])
          .filter(({ name }) => name === "TLS")
          .map((stage) => ({ address, smtp, day: dayIn(stage) }));
      }),
      "no test has seen a certificate yet",
      ({ address, smtp, day }) => {
        const what = finding(day, context);
        return what === undefined ? undefined : { address, summary: `The certificate of ${serverName(smtp)} ${what}` };
      },
    ),
};

/** Where the certificate was not accepted, or the test is one of an older version, only its words tell the day. */
function dayIn({ detail }: TestStage): string | undefined {
  return /(?:valid until|certificate expired on) (\d{4}-\d{2}-\d{2})/.exec(detail ?? "")?.[1];
}

/** By its date, not by the test's own verdict: that may be months old. */
function finding(day: string | undefined, { now, certificateDays }: RuleContext): string | undefined {
  if (day === undefined) return undefined;
  const expiry = Date.parse(day);
  if (expiry <= now) return `expired on ${day}`;
  return expiry - now < certificateDays * DAY_MS ? `expires on ${day}` : undefined;
}
