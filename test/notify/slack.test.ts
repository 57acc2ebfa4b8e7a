import { slack } from "../../lib/notify/slack";
import { cleaned } from "../../lib/notify/cleaned";
import { Redactor } from "../../lib/core/redaction";
import type { Announcement } from "../../lib/notify";
import { announcement, finding, hostile } from "./support/telling";

interface Message {
  readonly text: string;
  readonly blocks: readonly { readonly type: string; readonly text?: Text; readonly elements?: readonly Text[] }[];
}
interface Text {
  readonly type: string;
  readonly text: string;
  readonly verbatim?: boolean;
}

const messageOf = (of: Announcement) => slack(cleaned(of, new Redactor())).body as Message;
const textsOf = ({ blocks }: Message) =>
  blocks.flatMap(({ text, elements }) => [...(text ? [text] : []), ...(elements ?? [])]);

it("says what is wrong, where and what to do, with a link to the log", () => {
  const message = messageOf(announcement());
  expect(textsOf(message).map(({ text }) => text)).toEqual([
    "*❌ Alert mail of production is not in order*",
    "1 object is missing",
    "❌ The flow to 203.0.113.25:587 is gone (outbound_ovh_vrops_flow.smtp). Run a repair.",
    "2026-11-29T05:17:00Z · <https://github.com/acme/alerts/actions/runs/99|Log>",
  ]);
  expect(message.text).toBe("❌ Alert mail of production is not in order: 1 object is missing");
});

it("calls nobody and links nowhere, whatever strangers wrote", () => {
  const message = messageOf(hostile());
  for (const text of [
    message.text,
    ...textsOf(message)
      .slice(0, -1)
      .map(({ text }) => text),
  ]) {
    expect(text).not.toMatch(/[<>]/);
    expect(text).not.toMatch(/(^|\W)@(everyone|here|channel|all)/i);
    expect(text).not.toContain("](");
  }
  expect(textsOf(message).every(({ type, verbatim }) => type === "mrkdwn" && verbatim === true)).toBe(true);
});

it.each([
  ["many findings", "x"],
  ["long ones, in which every character is escaped", "&".repeat(5_000)],
])("stays below Slack's limits with %s, and says how many it leaves out", (_, text) => {
  const many = Array.from({ length: 200 }, (_, number) => finding({ summary: `${number} ${text}`, fix: text }));
  const message = messageOf(announcement({ summary: text, findings: many }));
  const texts = textsOf(message).map(({ text }) => text);
  expect(message.blocks.length).toBeLessThanOrEqual(50);
  expect(Math.max(...texts.map(({ length }) => length))).toBeLessThanOrEqual(3_000);
  expect(texts.join("").length).toBeLessThan(13_000);
  expect(texts.join("\n")).not.toMatch(/&(?!amp;)/);
  const shown = texts.filter((one) => one.startsWith("❌ ")).length;
  expect(texts.at(-2)).toBe(`… and ${200 - shown} more, in the log of the check.`);
  expect(shown).toBeGreaterThan(2);
});
