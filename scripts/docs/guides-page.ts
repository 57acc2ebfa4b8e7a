import { outboundProvider } from "../../lib/provider/definition";
import { guides } from "./guides";
import type { Guide, Place, Prose, Statement } from "./guides/place";

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
  [`\n## ${title}\n`, about, "", "|  | the guide | here |", "|---|---|---|", ...statements.map(row)].join("\n");

const row = ({ says, here }: Statement, index: number) => `| ${index + 1} | ${says} | ${prose(here)} |`;

const prose = (parts: Prose): string =>
  parts
    .map((part) => (typeof part === "string" ? part : linked(part)))
    .join("")
    .replaceAll("|", "\\|");

function linked(place: Place): string {
  switch (place.kind) {
    case "attribute":
      return `[\`${place.name}\`](${pageOf(place.type)})`;
    case "type":
      return `[\`${place.type}\`](${pageOf(place.type)})`;
    case "construct":
      return `[\`${place.name}\`](reference/constructs.md)`;
    case "command":
      return `\`outbound ${[place.command, ...(place.option === undefined ? [] : [place.option])].join(" ")}\``;
    case "rule":
      return `[\`${place.id}\`](reference/rules/${place.id}.md)`;
    case "problem":
      return `\`${place.code}\``;
    case "page":
      return `[${place.title}](${place.path})`;
  }
}

function pageOf(type: string): string {
  const isData = outboundProvider.dataSources.some(({ handler }) => handler.schema.type === type);
  return `reference/${isData ? "data-sources" : "resources"}/${type}.md`;
}
