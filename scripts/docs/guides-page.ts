import { outboundProvider } from "../../lib/provider/definition";
import { guides } from "./guides";
import type { Guide, Place, Prose, Statement } from "./guides/place";
import { code, table } from "./markdown";

/** docs/guides.md: what the vendors' guides let a person do, and how it is declared. */
export function guidesPage(): string {
  return [
    "# The vendors' guides, statement by statement",
    "",
    "Each of these systems has a guide that leads a person through its screens. Here is what each guide lets one set, see or test, or warns of, in",
    "our own words, and where it is found here. A test checks that each of these places exists.",
    ...guides.map(section),
  ].join("\n");
}

const section = ({ title, about, statements }: Guide): string =>
  [`\n## ${title}\n`, about, "", table(["", "the guide", "here"], statements.map(row))].join("\n");

const row = ({ says, here }: Statement, index: number) => [String(index + 1), says, prose(here)];

const prose = (parts: Prose): string => parts.map((part) => (typeof part === "string" ? part : linked(part))).join("");

function linked(place: Place): string {
  switch (place.kind) {
    case "attribute":
      return `[${code(place.name)}](${pageOf(place.type)})`;
    case "type":
      return `[${code(place.type)}](${pageOf(place.type)})`;
    case "construct":
      return `[${code(place.name)}](reference/constructs.md)`;
    case "command":
      return code(`outbound ${[place.command, ...(place.option === undefined ? [] : [place.option])].join(" ")}`);
    case "rule":
      return `[${code(place.id)}](reference/rules/${place.id}.md)`;
    case "problem":
      return code(place.code);
    case "page":
      return `[${place.title}](${place.path})`;
  }
}

function pageOf(type: string): string {
  const isData = outboundProvider.dataSources.some(({ handler }) => handler.schema.type === type);
  return `reference/${isData ? "data-sources" : "resources"}/${type}.md`;
}
