import { asAttribute, renderProse, type Prose } from "../../lib/core/prose";
import { allCauses } from "../../lib/mail/diagnosis/refusals/all-causes";
import type { Cause, Retry } from "../../lib/mail/diagnosis/refusals/cause";
import { registryRows, REGISTERED_CODES } from "../../lib/mail/diagnosis/refusals/registry";
import type { Row, RowSource } from "../../lib/mail/diagnosis/refusals/row";
import { rowGroups } from "../../lib/mail/diagnosis/refusals/rows";
import { code, table } from "./markdown";

const plain = (prose: Prose) => renderProse(prose, asAttribute);

/** Every cause of a refusal: what it is called, and what to do. */
export function causeTable(): string {
  return table(
    ["code", "what is seen", "what to do", "asking again"],
    allCauses.map((cause) => [code(`mail/${cause.id}`), plain(cause.summary), remedies(cause), retry(cause.retry)]),
  );
}

function remedies({ fix, unless = [] }: Cause): string {
  return [plain(fix), ...unless.map((other) => `In other circumstances: ${plain(other.fix)}`)].join(" ");
}

function retry(retry: Retry): string {
  switch (retry.kind) {
    case "never":
      return "does not help";
    case "as-said":
      return "as the code says";
    case "soon":
      return "is what the server wants";
    case "later":
      return retry.seconds === undefined ? "later" : `after ${time(retry.seconds)}`;
  }
}

const time = (seconds: number) =>
  seconds >= 3_600 ? `${seconds / 3_600} h` : seconds >= 60 ? `${seconds / 60} min` : `${seconds} s`;

/** Example replies, by what is wrong: where somebody looks who has a reply and no idea. */
export function replyTables(): string[] {
  return Object.entries(rowGroups).flatMap(([group, rows]) => [
    `### ${group.slice(0, 1).toUpperCase()}${group.slice(1)}`,
    table(["reply", "said by", "at", "means", "known from"], rows.flatMap(linesOf)),
  ]);
}

function linesOf(row: Row): string[][] {
  return row.examples.map(({ said, by, at, source }) => [
    code(said.replace(/\n\d{3}[ -]/g, " ").replaceAll("`", "'")),
    by,
    code(at),
    `${code(`mail/${(at === "IMAP" ? (row.cause.ofMailbox ?? row.cause) : row.cause).id}`)}${row.fix === undefined ? "" : `: ${plain(row.fix)}`}`,
    shown(source ?? row.source),
  ]);
}

const shown = (source: RowSource) => (source.startsWith("http") ? `[page](${source})` : source);

/** The registry of enhanced codes, and what each means as a refusal. */
export function enhancedCodeTable(): string {
  return table(
    ["code", "meaning", "as a refusal"],
    REGISTERED_CODES.map((registered) => [code(registered.code), registered.meaning, meant(registered.code)]),
  );
}

function meant(registered: string): string {
  const digits = registered.slice(1);
  const rows = registryRows.filter(({ when }) => when.enhanced?.some((enhanced) => enhanced.slice(1) === digits));
  const causes = rows.map(({ id, cause }) => `${code(`mail/${cause.id}`)}${id.startsWith("x") ? "" : ` (${id[0]}…)`}`);
  return `${causes.join(", ")}${rows[0]?.vague ? "; the server's words say more" : ""}`;
}
