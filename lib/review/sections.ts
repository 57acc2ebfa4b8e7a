import { plural } from "../core/plural";
import { cell, code, details, findingsToMarkdown, foldedTable } from "../findings/markdown";
import { unrelatedTitle, isUnrelated } from "./unrelated";
import {
  CAUTIONS_TITLE,
  cautionsOf,
  meaningOf,
  othersOf,
  PLACES_TITLE,
  placesOf,
  PLAN_ALONE,
  uncommittedText,
} from "./bound";
import { VERBS, VERB_WORDS } from "./build";
import { fenced, type Extract } from "./fenced";
import { toMermaid } from "./mermaid";
import { isChanged } from "./receivers";
import type { Change, AddressMove, ReachChange, ReceiverChange, Review, Stop } from "./review";

/** The sections of a review in Markdown, each as long as its limits allow. */

/** The limits of the sections. */
export interface SectionLimits {
  readonly rows: number;
  readonly addresses: number;
  readonly picture: boolean;
}

/** First what no rule can judge; then, folded, the APIs and the state that the apply uses. */
export function bound(review: Review, { rows }: SectionLimits): string {
  const { bindings, boundTo } = review;
  const committed = uncommittedText(review);
  const cautions = cautionsOf(bindings);
  const items = cautions
    .slice(0, rows)
    .flatMap((one) => [
      `- ${code(one.name)} ${meaningOf(one)}${one.lines.length > 0 ? ":" : ""}`,
      ...some(one.lines, rows).map((line) => `  - ${code(line)}`),
    ]);
  const places = placesOf(bindings).flatMap(({ name, lines }) => [name, ...lines.map((line) => `  ${line}`)]);
  const others = othersOf(bindings);
  const also = others === "" ? "" : `\n\nBound to as well: ${others}.`;
  return [
    ...(boundTo === "plan" ? [`> [!WARNING]\n> ${PLAN_ALONE}`] : []),
    ...(committed === undefined ? [] : [`> [!WARNING]\n> ${committed}`]),
    ...(cautions.length === 0
      ? []
      : [
          [
            "> [!CAUTION]",
            `> **${CAUTIONS_TITLE}**`,
            ">",
            ...[...items, ...rest(cautions.length - rows)].map((line) => `> ${line}`),
          ].join("\n"),
        ]),
    ...(places.length === 0 ? [] : [details(PLACES_TITLE, `${fenced(some(places, rows), "text")}${also}`)]),
  ].join("\n\n");
}

/**
 * The limit for a line; the whole is in the JSON and on the page. Both ends are shown, because something could be
 * hidden at an end.
 */
const LONGEST_LINE = 1_000;

function bothEnds(line: string): string {
  if (line.length <= LONGEST_LINE) return line;
  const half = LONGEST_LINE / 2;
  return `${line.slice(0, half)} … (${line.length} characters) … ${line.slice(-half)}`;
}

function some(lines: readonly string[], most: number): string[] {
  const shown = lines.slice(0, most).map(bothEnds);
  return lines.length > most ? [...shown, `… and ${lines.length - most} more`] : shown;
}

/** Explains "to destroy" where nothing is destroyed. */
export function moves(all: readonly AddressMove[], { rows }: SectionLimits): string {
  if (all.length === 0) return "";
  const shown = all.slice(0, rows);
  const items = shown.map(({ summary, why, fix }) => `> - **${cell(summary)}.** ${cell(why)} ${cell(fix)}`);
  const blocks = [
    ["hcl", shown.flatMap(({ hcl }) => hcl ?? []).join("\n\n")],
    ["ts", shown.flatMap(({ cdktf }) => cdktf ?? []).join("\n")],
    ["sh", shown.flatMap(({ commands }) => commands).join("\n")],
  ] as const;
  return [
    [
      "> [!IMPORTANT]",
      "> **What only changes its address**",
      ">",
      ...items,
      ...rest(all.length - rows).map((line) => `> ${line}`),
    ].join("\n"),
    ...blocks.filter(([, text]) => text !== "").map(([language, text]) => fenced(text.split("\n"), language)),
  ].join("\n\n");
}

export function banner(stops: readonly Stop[], { rows }: SectionLimits): string {
  if (stops.length === 0) return "";
  const mine = stops.filter(({ byThisChange }) => byThisChange);
  const others = stops.filter(({ byThisChange }) => !byThisChange);
  return [
    ...(mine.length === 0
      ? []
      : [
          ["> [!CAUTION]", "> **What this change stops**", ">", ...items(mine, rows).map((item) => `> ${item}`)].join(
            "\n",
          ),
        ]),
    ...(others.length === 0
      ? []
      : [
          [
            "> [!WARNING]",
            "> **What did not work before and still does not**",
            ">",
            ...items(others, rows).map((item) => `> ${item}`),
          ].join("\n"),
        ]),
  ].join("\n\n");
}

function items(stops: readonly Stop[], most: number): string[] {
  const shown = stops
    .slice(0, most)
    .map(({ summary, why, fix, path }) => `- **${cell(summary)}.** ${cell(why)} ${cell(fix)} (${code(path)})`);
  return stops.length > most ? [...shown, `- … and ${stops.length - most} more`] : shown;
}

const REACH: Readonly<Record<ReachChange["change"], string>> = {
  opened: "🟢 opened",
  closed: "🔴 closed",
  replaced: "🟡 closed and opened again",
  kept: "kept",
};

export function reachability(rows: readonly ReachChange[], room: SectionLimits): string {
  const changed = rows.filter(({ change }) => change !== "kept");
  const kept = rows.length - changed.length;
  if (rows.length === 0) return "";
  if (changed.length === 0) return `### Reachability\n\nUnchanged: ${plural(kept, "flow")}.`;
  return [
    "### Reachability",
    "",
    foldedTable(
      ["", "From", "To", "Used by", ""],
      changed,
      ({ change, source, destination, usedBy, address }) =>
        `| ${REACH[change]} | ${cell(source)} | ${code(destination)} | ${cell(usedBy.slice(0, 5).join(", ") || "nobody")} | ${code(address)} |`,
      room.rows,
    ),
    ...(kept > 0 ? ["", `${plural(kept, "other flow")} unchanged.`] : []),
  ].join("\n");
}

export function receivers(rows: readonly ReceiverChange[], room: SectionLimits): string {
  if (rows.length === 0) return "";
  const changed = rows.filter(isChanged).length;
  return [
    "### Who receives what",
    "",
    ...(changed === 0 ? ["Unchanged.", ""] : []),
    foldedTable(
      ["System", "Severity", "About", "Before", "After"],
      rows,
      ({ system, severity, about, before, after }) => {
        const was = before.map((one) => (after.includes(one) ? cell(one) : `~~${cell(one)}~~`));
        const is = after.map((one) => (before.includes(one) ? cell(one) : `**${cell(one)}**`));
        return `| ${cell(system)} | ${cell(severity)} | ${cell(about)} | ${names(was)} | ${names(is)} |`;
      },
      room.rows,
    ),
  ].join("\n");
}

function names(receivers: readonly string[]): string {
  if (receivers.length === 0) return "*nobody*";
  const most = 8;
  return receivers.length > most
    ? `${receivers.slice(0, most).join(", ")} and ${receivers.length - most} more`
    : receivers.join(", ");
}

export function picture({ picture: drawn }: Review, room: SectionLimits): string {
  const text = room.picture ? toMermaid(drawn) : "";
  if (text === "") return "";
  const left = drawn.leftOut > 0 ? `\n\n${plural(drawn.leftOut, "box", "boxes")} left out: too many to draw.` : "";
  return details("The way of the alerts", `\`\`\`mermaid\n${text}\n\`\`\`${left}`);
}

/** Changes by verb; those without a part in the way of the alerts are only counted, and folded. */
export function addresses(changes: readonly Change[], room: SectionLimits): string {
  const listed = changes.filter((one) => one.type !== "output" && !isUnrelated(one));
  const parts = VERBS.flatMap((verb) => {
    const of = listed.filter((one) => one.verb === verb);
    if (of.length === 0) return [];
    const title = `${of.length} ${VERB_WORDS[verb]}`;
    const shown = of.slice(0, room.addresses).map(({ address, previousAddress, meaning }) => {
      const from = previousAddress === undefined ? "" : ` (was ${code(previousAddress)})`;
      return `- ${code(address)}${from}${meaning === "" ? "" : `: ${cell(meaning)}`}`;
    });
    const left = of.length > shown.length ? [`- … and ${of.length - shown.length} more`] : [];
    const list = [...shown, ...left].join("\n");
    return [of.length > OPEN_ITEMS ? details(`<b>${title}</b>`, list) : `**${title}**\n\n${list}`];
  });
  const aside = changes.filter(isUnrelated);
  if (aside.length > 0) {
    const all = VERBS.flatMap((verb) =>
      aside.filter((one) => one.verb === verb).map(({ address }) => `- ${code(address)} ${VERB_WORDS[verb]}`),
    );
    const list = all.slice(0, room.addresses);
    parts.push(details(unrelatedTitle(aside.length), [...list, ...rest(aside.length - list.length)].join("\n")));
  }
  return parts.length === 0 ? "" : ["### Changes", ...parts].join("\n\n");
}

/** The number of objects that are shown unfolded. */
const OPEN_ITEMS = 10;

export function drift(changes: readonly Change[], room: SectionLimits): string {
  if (changes.length === 0) return "";
  const shown = changes.slice(0, room.addresses);
  const text = fenced(shown.flatMap(({ lines }) => lines));
  const left = changes.length > shown.length ? `\n\n… and ${changes.length - shown.length} more.` : "";
  return details(
    `Changed outside of Terraform: ${plural(changes.length, "resource")} (not part of this change)`,
    `${text}${left}`,
  );
}

export function policy({ policy: { findings, resolved, passed, notApplicable } }: Review, room: SectionLimits): string {
  const counts = `${plural(passed.length, "rule")} passed, ${notApplicable.length} not applicable`;
  const mended =
    resolved.length === 0 ? [] : [`No longer found: ${[...new Set(resolved.map(({ id }) => code(id)))].join(", ")}.`];
  if (findings.length === 0) return ["### Policy", `No findings: ${counts}.`, ...mended].join("\n\n");
  const marked = findings.map((finding) => ({
    ...finding,
    summary: finding.byThisChange && finding.acknowledged === undefined ? `New: ${finding.summary}` : finding.summary,
  }));
  return ["### Policy", findingsToMarkdown(marked, room.rows), `${counts}.`, ...mended].join("\n\n");
}

/** The number of differences that are shown unfolded. */
const OPEN = 10;

export function folded(title: string, { shown, left }: Extract): string {
  if (shown.length + left === 0) return "";
  const remark =
    left === 0
      ? ""
      : `\n\n${left} of ${shown.length - 1 + left} lines are left out here: a comment can hold no more. The JSON and HTML outputs have them all.`;
  return details(title, `${fenced(shown)}${remark}`, shown.length + left < OPEN);
}

function rest(count: number): string[] {
  return count > 0 ? ["", `… and ${count} more.`] : [];
}
