import { cutShort } from "../core/cut-short";
import { findingsToMarkdown } from "../findings";
import { cell } from "../findings/markdown";
import { forgeOfJob, keepIssue, type IssueRequest, type KeptIssue } from "../forge";
import type { Announcement } from "./announcement";
import type { NotifyRuntime } from "./runtime";
import { STATE, titleOf } from "./words";

/** Forges accept titles of 255 characters. */
const LONGEST_NAME = 150;

/** More rows would not be read. */
const MOST_FINDINGS = 100;

/** A check that could not be made opens an issue too: nobody would notice it otherwise. */
const WANTED = { failed: "open", unknown: "open", ok: "close" } as const;

/**
 * Keeps one issue for each stack: opens it when a check fails, updates it while the failure lasts, closes it when the
 * check passes.
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
  // In bold, so that no line begins with a slash: GitLab would execute it as a command.
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

/** Escapes the characters that end a link in Markdown. */
const inLink = (url: string) => url.replace(/[()[\]<>\s|]/g, (sign) => encodeURIComponent(sign).replace(/[()]/g, code));

const code = (sign: string) => `%${sign.charCodeAt(0).toString(16)}`;
