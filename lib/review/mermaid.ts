import { printable } from "../core/printable";
import type { Picture, PictureStatus } from "./review";

const STYLE: Readonly<Record<PictureStatus, string>> = {
  added: "stroke:#1a7f37,stroke-width:2px",
  removed: "stroke:#cf222e,stroke-width:2px,stroke-dasharray:4 3",
  kept: "stroke:#8c959f",
  broken: "stroke:#cf222e,stroke-width:2px",
};

const ARROW: Readonly<Record<PictureStatus, string>> = {
  added: "==>|new|",
  removed: "-.->|removed|",
  kept: "-->",
  broken: "--x|blocked|",
};

/** The picture as a Mermaid flow chart, which code hosts draw; empty when there is nothing to draw. */
export function toMermaid({ nodes, edges }: Picture): string {
  if (nodes.length === 0) return "";
  const names = new Map(nodes.map(({ id }, index) => [id, `n${index}`]));
  const used = new Set(nodes.map(({ status }) => status));
  return [
    "flowchart LR",
    ...nodes.map(({ id, label, detail, status }) => {
      const text = detail === "" ? literal(label) : `${literal(label)}<br/>${literal(detail)}`;
      return `  ${names.get(id)}["${text}"]:::${status}`;
    }),
    ...edges.map(({ from, to, status }) => `  ${names.get(from)} ${ARROW[status]} ${names.get(to)}`),
    ...(["added", "removed", "kept", "broken"] as const)
      .filter((status) => used.has(status))
      .map((status) => `  classDef ${status} ${STYLE[status]}`),
  ].join("\n");
}

/** Escapes a label as entities: Mermaid interprets quotes, brackets, Markdown and HTML. */
function literal(text: string): string {
  return printable(text, 59).replace(/[^\p{L}\p{N} .,:@/…-]/gu, (character) => `#${character.codePointAt(0)};`);
}
