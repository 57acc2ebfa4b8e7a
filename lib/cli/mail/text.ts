import { printableLine } from "../../core/printable";
import { styledLines, toned, type Styled } from "../../core/styled";
import { styledStages } from "../../mail";
import { renderWire } from "../../mail/wire/transcript";
import type { Value } from "../../terraform-plugin/values";
import { targetAsJson } from "./json";
import type { MailTest } from "./mail-test";
import { OPTION_OF } from "./option-names";
import type { MailTestOutcome } from "./outcome";

/** The stages as a table, and what was proved. */
export function outcomeToText({ result }: MailTestOutcome): Styled {
  const table = result.stages.length === 0 ? [] : [styledStages(result.stages)];
  return styledLines([...table, toned("strong", result.verdict)]);
}

const LEGEND = "-> client and <- server in clear, ~> and <~ under TLS, == what happened, ** what should not have";

/** The conversation, line by line. */
export function wireToText({ wire }: Pick<MailTestOutcome, "wire">): string {
  const lines = wire.length === 0 ? ["no connection was tried"] : renderWire(wire);
  return [`Conversation (${LEGEND}):`, ...lines].join("\n");
}

/** The heading of one of several tests. */
export const heading = ({ title, kind }: MailTest) =>
  printableLine(`${title}${kind === "probe" ? " (sends nothing)" : ""}`);

/** The settings, by the names of their options, for `--dry-run`. */
export function settingsToText(test: MailTest): string {
  const rows = Object.entries(targetAsJson(test)).flatMap(([name, value]) => rowsOf(name, value));
  const width = Math.max(...rows.map(([name]) => name.length));
  return rows.map(([name, value]) => printableLine(`${name.padEnd(width)}  ${value}`)).join("\n");
}

function rowsOf(path: string, value: Value): [string, string][] {
  if (value === null || value === false) return [];
  if (typeof value === "object" && !Array.isArray(value) && Object.getPrototypeOf(value) === Object.prototype) {
    return Object.entries(value as Record<string, Value>).flatMap(([key, one]) => rowsOf(`${path}.${key}`, one));
  }
  const name = OPTION_OF[path]?.replace(/^-+|[<>]/g, "") ?? path.replaceAll("_", " ");
  const text = Array.isArray(value) ? value.map(one).join(", ") : one(value);
  return [[name, value === true ? "yes" : text]];
}

function one(value: unknown): string {
  if (typeof value !== "object" || value === null) return String(value);
  return Object.values(value).join(":");
}
