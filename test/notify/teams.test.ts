import { cleaned } from "../../lib/notify/cleaned";
import { Redactor } from "../../lib/core/redaction";
import { teams } from "../../lib/notify/teams";
import type { Announcement } from "../../lib/notify";
import { announcement, finding, hostile } from "./support/telling";

interface Block {
  readonly type: string;
  readonly inlines: readonly { readonly type: string; readonly text: string }[];
}
interface Message {
  readonly type: string;
  readonly attachments: readonly {
    readonly contentType: string;
    readonly content: { readonly type: string; readonly body: readonly Block[]; readonly actions?: unknown };
  }[];
}

const messageOf = (of: Announcement) => teams(cleaned(of, new Redactor())).body as Message;
const cardOf = (of: Announcement) => messageOf(of).attachments[0]!.content;
const textsOf = (of: Announcement) => cardOf(of).body.flatMap(({ inlines }) => inlines.map(({ text }) => text));

it("is a message with one Adaptive Card", () => {
  expect(messageOf(announcement())).toMatchObject({
    type: "message",
    attachments: [{ contentType: "application/vnd.microsoft.card.adaptive", content: { type: "AdaptiveCard" } }],
  });
  expect(textsOf(announcement())).toEqual([
    "❌ Alert mail of production is not in order",
    "1 object is missing",
    "❌ The flow to 203.0.113.25:587 is gone (outbound_ovh_vrops_flow.smtp). Run a repair.",
    "2026-11-29T05:17:00Z",
  ]);
  const actions = [{ type: "Action.OpenUrl", title: "Log", url: "https://github.com/acme/alerts/actions/runs/99" }];
  expect(cardOf(announcement()).actions).toEqual(actions);
});

it("has every text in a run, in which Markdown means nothing, and mentions nobody", () => {
  const card = cardOf(hostile());
  expect(new Set(card.body.map(({ type }) => type))).toEqual(new Set(["RichTextBlock"]));
  expect(JSON.stringify(card)).not.toContain('"msteams"');
});

it("a link that a browser would run is left out", () => {
  expect(cardOf(announcement({ link: "javascript:alert(1)" })).actions).toBeUndefined();
});

it("stays below the size that Teams takes, and says how many it leaves out", () => {
  const many = Array.from({ length: 300 }, () => finding({ summary: "ü".repeat(400), fix: "€".repeat(400) }));
  // Each different, for equal ones are one.
  const findings = many.map((one, number) => ({ ...one, path: `at.${number}` }));
  expect(Buffer.byteLength(JSON.stringify(messageOf(announcement({ findings }))))).toBeLessThan(28 * 1024 * 0.8);
  const texts = textsOf(announcement({ findings }));
  const shown = texts.filter((text) => text.includes("ü")).length;
  expect(shown).toBeGreaterThan(3);
  expect(texts.at(-2)).toBe(`… and ${300 - shown} more, in the log of the check.`);
});
