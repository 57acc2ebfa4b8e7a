import { cutShort } from "../core/cut-short";
import { findingsToMarkdown } from "../findings";
import { cell } from "../findings/markdown";
import { forgeOfJob, keepIssue, type IssueRequest, type KeptIssue } from "../forge";
import type { Announcement } from "./announcement";
import type { NotifyRuntime } from "./runtime";
import { STATE, titleOf } from "./words";

/** Of a title, forges take 255 characters. */
const LONGEST_NAME = 150;

/** More rows nobody reads. */
const MOST_FINDINGS = 100;

/** What could not be checked is told as what failed is: nobody else would hear of it. */
const WANTED = { failed: "open", unknown: "open", ok: "close" } as const;

/**
 * One issue for each stack: opened when a check fails, updated while it goes on, closed when it is over.
 *
 * @throws ProblemError `forge/…`
 */
export async function keepStackIssue(
  announcement: Announcement,
  runtime: NotifyRuntime,
  signal: AbortSignal,
): Promise<KeptIssue> {
  const { environment, redactor, clock, random, userAgent, author } = runtime;
  const { forge } = forgeOfJob({ environment, redactor, clock, random, userAgent, author });
  return keepIssue(forge, issueOf(announcement), signal);
}

function issueOf(announcement: Announcement): IssueRequest {
  const { stack, state, summary, findings, at, link } = announcement;
  const marker = `<!-- outbound-announcement/1 stack=${encodeURIComponent(stack)} -->`;
  // In bold, so that none of it begins a line: GitLab would do what a line with a slash says.
  const said = `**${cell(`${STATE[state].icon} ${titleOf(announcement)}`)}**`;
  const log = link === undefined ? [] : [`[Log](${inLink(link)})`];
  const when = [`Checked at ${cell(at)}`, ...log].join(" · ");
  const lines = [said, ...(summary === "" ? [] : [`Result: ${cell(summary)}`]), when];
  return {
    title: `Alert mail of ${cutShort(stack, LONGEST_NAME)} is not in order`,
    body: [
      marker,
      ...lines,
      ...(findings.length === 0 ? [] : [findingsToMarkdown(findings, MOST_FINDINGS)]),
      "This text is written anew by each check, and the issue is closed when one finds all in order.",
    ].join("\n\n"),
    isSame: (body) => body.split(/\r?\n/, 1)[0]!.trim() === marker,
    wanted: WANTED[state],
    closing: lines.join("\n\n"),
    whole: link,
  };
}

/** What Markdown would take for the end of the link. */
const inLink = (url: string) => url.replace(/[()[\]<>\s|]/g, (sign) => encodeURIComponent(sign).replace(/[()]/g, code));

const code = (sign: string) => `%${sign.charCodeAt(0).toString(16)}`;
