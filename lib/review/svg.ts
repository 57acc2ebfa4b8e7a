import { printable } from "../core/printable";
import { xml } from "../findings/junit";
import type { Picture, PictureNode, PictureStatus } from "./review";

const WIDTH = 230;
const HEIGHT = 46;
const GAP_X = 60;
const GAP_Y = 14;
const TOP = 34;
const COLUMNS = ["Alerts", "Sent by", "Firewall flow", "SMTP server", "Receivers"];
const WORDS: Readonly<Record<PictureStatus, string>> = {
  added: "new",
  removed: "removed",
  kept: "",
  broken: "blocked",
};

/** The picture as one SVG element, without scripts or external fonts. */
export function toSvg({ nodes, edges }: Picture): string {
  if (nodes.length === 0) return "";
  const columns = COLUMNS.map((_, column) => nodes.filter((node) => node.column === column));
  const places = new Map<string, { readonly x: number; readonly y: number }>();
  columns.forEach((column, x) =>
    column.forEach(({ id }, y) => places.set(id, { x: x * (WIDTH + GAP_X) + 1, y: TOP + y * (HEIGHT + GAP_Y) })),
  );
  const width = COLUMNS.length * (WIDTH + GAP_X) - GAP_X + 2;
  const height = TOP + Math.max(...columns.map(({ length }) => length)) * (HEIGHT + GAP_Y);
  const headings = COLUMNS.map((title, x) => `<text class="h" x="${x * (WIDTH + GAP_X) + 1}" y="18">${title}</text>`);
  const lines = edges.flatMap(({ from, to, status }) => {
    const [a, b] = [places.get(from), places.get(to)];
    if (a === undefined || b === undefined) return [];
    const backwards = b.x <= a.x;
    const [x1, y1, x2, y2] = [
      backwards ? a.x : a.x + WIDTH,
      a.y + HEIGHT / 2,
      backwards ? b.x + WIDTH : b.x,
      b.y + HEIGHT / 2,
    ];
    const bend = (x2 - x1) / 2;
    const path = `<path class="e ${status}" d="M${x1} ${y1}C${x1 + bend} ${y1} ${x2 - bend} ${y2} ${x2} ${y2}"/>`;
    const word = status === "broken" ? `<text class="x" x="${(x1 + x2) / 2}" y="${(y1 + y2) / 2 + 5}">✕</text>` : "";
    return [path + word];
  });
  return [
    `<svg role="img" aria-label="The way of the alerts" viewBox="0 0 ${width} ${height}" xmlns="http://www.w3.org/2000/svg">`,
    ...headings,
    ...lines,
    ...nodes.map((node) => box(node, places.get(node.id)!)),
    "</svg>",
  ].join("\n");
}

function box({ label, detail, status }: PictureNode, { x, y }: { readonly x: number; readonly y: number }): string {
  const word = WORDS[status] === "" ? "" : ` (${WORDS[status]})`;
  return [
    `<g class="n ${status}"><title>${xml(`${label} ${detail}${word}`)}</title>`,
    `<rect x="${x}" y="${y}" width="${WIDTH}" height="${HEIGHT}" rx="6"/>`,
    `<text x="${x + 10}" y="${y + 19}">${xml(short(label, 30))}</text>`,
    `<text class="d" x="${x + 10}" y="${y + 36}">${xml(short(detail, 28) + word)}</text></g>`,
  ].join("");
}

function short(text: string, most: number): string {
  return printable(text, most - 1);
}
