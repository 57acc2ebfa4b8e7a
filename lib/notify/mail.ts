import type { Announcement } from "./announcement";
import { findingInWords, titleOf } from "./words";

/** The subject and the lines of a mail. */
export interface MailNotice {
  readonly subject: string;
  readonly lines: readonly string[];
}

/** Further findings are in the log. */
const MOST_FINDINGS = 50;

/** Writes a mail as plain text, which can be read on a phone and on paper. */
export function mailNotice(announcement: Announcement): MailNotice {
  const { summary, findings, at, link } = announcement;
  const more = findings.length - MOST_FINDINGS;
  return {
    subject: titleOf(announcement),
    lines: [
      `${titleOf(announcement)}: ${summary}`,
      "",
      ...findings.slice(0, MOST_FINDINGS).map((finding) => `- ${findingInWords(finding)}`),
      ...(more > 0 ? [`- ${more} more, in the log of the check.`] : []),
      "",
      "This mail came by the second relay, which is declared for it.",
      `Checked at ${at}${link === undefined ? "" : `: ${link}`}`,
    ],
  };
}
