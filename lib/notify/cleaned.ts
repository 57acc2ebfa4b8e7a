import { sortFindings, type Finding } from "../core/finding";
import { printable } from "../core/printable";
import type { Redactor } from "../core/redaction";
import { webAddress, type Announcement } from "./announcement";

/** Longer texts are no more useful to their reader. */
const LONGEST = 500;

/** The announcement as it may be sent: redacted, cleaned, cut, and redacted again, with its findings worst first. */
export function cleaned(announcement: Announcement, redactor: Redactor): Announcement {
  const clean = (text: string) => redactor.redact(printable(redactor.redact(text), LONGEST));
  const { stack, state, exitCode, summary, findings, at, link } = announcement;
  const cleanFinding = ({ severity, id, path, summary, why, fix, docs, acknowledged }: Finding): Finding => ({
    severity,
    id: clean(id),
    path: clean(path),
    summary: clean(summary),
    why: clean(why),
    fix: clean(fix),
    ...(docs === undefined ? {} : { docs: clean(docs) }),
    ...(acknowledged === undefined ? {} : { acknowledged: { reason: clean(acknowledged.reason) } }),
  });
  const address = link === undefined ? undefined : webAddress(clean(link));
  return {
    stack: clean(stack),
    state,
    exitCode,
    summary: clean(summary),
    findings: sortFindings(findings).map(cleanFinding),
    at: clean(at),
    ...(address === undefined ? {} : { link: address }),
  };
}
