import { escapedText } from "../core/markup";
import type { Announcement } from "./announcement";
import type { NotificationRequest } from "./send-request";
import { findingInWords, leftOut, STATE, titleOf } from "./words";

/** Slack's limits, in characters. @see https://docs.slack.dev/reference/block-kit/blocks */
const LONGEST_TEXT = 3_000;
/** The text that is shown in a list of notifications. */
const LONGEST_NOTIFICATION = 500;
const MOST_BLOCKS = 50;
/** The limit for all texts together; longer messages are refused well before the sum of the blocks' limits. */
const LONGEST_MESSAGE = 10_000;

/** The blocks for the title, the summary, what is left out, and the last line. */
const OTHER_BLOCKS = 4;

/**
 * A message for an incoming webhook of Slack; Mattermost accepts the same form.
 *
 * @see https://docs.slack.dev/messaging/sending-messages-using-incoming-webhooks
 */
export function slack(announcement: Announcement): Pick<NotificationRequest, "body" | "isTaken" | "expected"> {
  const { summary, findings, at, link, state } = announcement;
  const title = `${STATE[state].icon} ${titleOf(announcement)}`;
  const texts = findings.map((finding) => literal(findingInWords(finding)));
  const shown = thoseThatFit(texts);
  const more = texts.length - shown;
  const log = link === undefined ? [] : [`<${escapedText(link).replaceAll("|", "%7C")}|Log>`];
  const blocks = [
    section(`*${literal(title)}*`),
    ...(summary === "" ? [] : [section(literal(summary))]),
    ...texts.slice(0, shown).map(section),
    ...(more === 0 ? [] : [section(leftOut(more))]),
    { type: "context", elements: [mrkdwn([literal(at), ...log].join(" · "))] },
  ];
  return {
    // Shown in notifications, and by clients without blocks.
    body: { text: literal(cutTo(`${title}: ${summary}`, LONGEST_NOTIFICATION)), blocks },
    isTaken: ({ text }) => text.trim() === "ok",
    expected: 'the word "ok"',
  };
}

function thoseThatFit(texts: readonly string[]): number {
  let [count, length] = [0, 0];
  for (const text of texts) {
    length += text.length;
    if (count === MOST_BLOCKS - OTHER_BLOCKS || length > LONGEST_MESSAGE) break;
    count++;
  }
  return count;
}

const section = (text: string) => ({ type: "section", text: mrkdwn(text) });

/** Verbatim: addresses and names in it do not become links. */
const mrkdwn = (text: string) => ({ type: "mrkdwn", text, verbatim: true });

/**
 * Escapes text so that it mentions nobody and links nowhere; it is cut before it is escaped, so that no entity is cut
 * in two.
 *
 * @see https://docs.slack.dev/messaging/formatting-message-text#escaping
 */
function literal(text: string): string {
  for (let length = Math.min(text.length, LONGEST_TEXT); ; length = Math.floor(length / 2)) {
    const made = escapedText(withoutCalls(cutTo(text, length)));
    if (made.length <= LONGEST_TEXT) return made;
  }
}

/** Replaces `@` and separates the brackets of links: services that accept Slack's form read both as Markdown. */
const withoutCalls = (text: string) => text.replace(/(^|[^\w.+-])@(?=\w)/g, "$1＠").replaceAll("](", "] (");

const cutTo = (text: string, most: number) =>
  text.length > most ? `${text.slice(0, most - 1).replace(/[\ud800-\udbff]$/, "")}…` : text;
