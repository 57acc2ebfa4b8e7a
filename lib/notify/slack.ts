import { escapedText } from "../core/markup";
import type { Announcement } from "./announcement";
import type { NotificationRequest } from "./ask";
import { findingInWords, leftOut, STATE, titleOf } from "./words";

/** Slack's limits, in characters. @see https://docs.slack.dev/reference/block-kit/blocks */
const LONGEST_TEXT = 3_000;
/** Shown in a list of notifications. */
const LONGEST_NOTIFICATION = 500;
const MOST_BLOCKS = 50;
/** Of all together; longer messages are refused well before the sum of the blocks' limits. */
const LONGEST_MESSAGE = 10_000;

/** Title, summary, what is left out, and the line at the end. */
const OTHER_BLOCKS = 4;

/**
 * An incoming webhook of Slack; Mattermost takes the same.
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
    // For notifications, and where blocks are not shown.
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

/** Verbatim: neither addresses nor names in it become links. */
const mrkdwn = (text: string) => ({ type: "mrkdwn", text, verbatim: true });

/**
 * Text in which nothing calls or links: cut while it is plain, so that no entity is cut in two.
 *
 * @see https://docs.slack.dev/messaging/formatting-message-text#escaping
 */
function literal(text: string): string {
  for (let length = Math.min(text.length, LONGEST_TEXT); ; length = Math.floor(length / 2)) {
    const made = escapedText(withoutCalls(cutTo(text, length)));
    if (made.length <= LONGEST_TEXT) return made;
  }
}

/** What takes the same form as Slack calls the name behind an @, and makes links of Markdown: another sign, and a blank, stand there. */
const withoutCalls = (text: string) => text.replace(/(^|[^\w.+-])@(?=\w)/g, "$1＠").replaceAll("](", "] (");

const cutTo = (text: string, most: number) =>
  text.length > most ? `${text.slice(0, most - 1).replace(/[\ud800-\udbff]$/, "")}…` : text;
