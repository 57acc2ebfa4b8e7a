import { isMarkup } from "../core/markup";
import type { Announcement } from "./announcement";
import type { NotificationRequest } from "./send-request";
import { findingInWords, leftOut, STATE, titleOf } from "./words";

/** Teams refuses messages of about 28 KB, and counts more bytes than are sent. */
const MOST_BYTES = 20_000;

/**
 * A message with one Adaptive Card for a webhook of Microsoft Teams' Workflows. All texts are text runs, which are not
 * read as Markdown.
 *
 * @see https://learn.microsoft.com/microsoftteams/platform/webhooks-and-connectors/how-to/add-incoming-webhook
 * @see https://adaptivecards.io/explorer/RichTextBlock.html
 */
export function teams(announcement: Announcement): Pick<NotificationRequest, "body" | "isTaken" | "expected"> {
  let shown = announcement.findings.length;
  let body = message(announcement, shown);
  while (shown > 0 && Buffer.byteLength(JSON.stringify(body)) > MOST_BYTES) body = message(announcement, --shown);
  return {
    body,
    // The retired connectors, which Workflows replaced, answer 200 and a 1.
    isTaken: (response) => !isMarkup(response.text) && (response.status === 202 || response.text.trim() === "1"),
    expected: "202 (Accepted)",
  };
}

function message(announcement: Announcement, shown: number) {
  const { state, summary, findings, at, link } = announcement;
  const title = `${STATE[state].icon} ${titleOf(announcement)}`;
  const more = findings.length - shown;
  const content = {
    $schema: "http://adaptivecards.io/schemas/adaptive-card.json",
    type: "AdaptiveCard",
    version: "1.4",
    fallbackText: title,
    body: [
      paragraph(title, { weight: "Bolder", size: "Medium" }),
      ...(summary === "" ? [] : [paragraph(summary)]),
      ...findings.slice(0, shown).map((finding) => paragraph(findingInWords(finding))),
      ...(more === 0 ? [] : [paragraph(leftOut(more))]),
      paragraph(at, { isSubtle: true }),
    ],
    ...(link === undefined ? {} : { actions: [{ type: "Action.OpenUrl", title: "Log", url: link }] }),
  };
  const contentType = "application/vnd.microsoft.card.adaptive";
  return { type: "message", attachments: [{ contentType, contentUrl: null, content }] };
}

const paragraph = (text: string, style: Readonly<Record<string, string | boolean>> = {}) => ({
  type: "RichTextBlock",
  inlines: [{ type: "TextRun", text, ...style }],
});
