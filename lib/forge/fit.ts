/** Characters that are reserved for the sentence about what is left out. */
const FOR_THE_REMARK = 400;

/**
 * Shortens a comment, or the body of an issue, to what a forge accepts. One that is too long ends before the first
 * section that does not fit, and says where the rest is.
 *
 * @param longest in characters
 * @param whole the URL of the whole text. @default the artifacts of the job
 */
export function fit(body: string, longest: number, whole: string | undefined): string {
  if (body.length <= longest) return body;
  // The first line identifies the comment: half of it would be worse than a refusal.
  const cut = Math.max(boundaryBefore(body, Math.max(0, longest - FOR_THE_REMARK)), body.indexOf("\n"));
  const where = whole === undefined ? "The artifacts of the job have all of it." : `[All of it](${whole}).`;
  return `${body.slice(0, cut).trimEnd()}\n\n> [!NOTE]\n> The rest is left out: there is room for no more here. ${where}\n`;
}

/** Where the last whole section ends; where even the first section is too long, where the last whole line ends. */
function boundaryBefore(body: string, most: number): number {
  let boundary = -1;
  let depth = 0;
  let fence: string | undefined;
  let place = 0;
  for (const line of body.split(/(?<=\n)/)) {
    if (place > most) break;
    const ticks = /^`{3,}/.exec(line)?.[0];
    const begins = fence === undefined && depth === 0 && place > 0 && /^(#{2,} |<details\b)/.test(line);
    if (begins) boundary = place;
    if (ticks !== undefined && fence === undefined) fence = ticks;
    else if (fence !== undefined && line.trimEnd() === fence) fence = undefined;
    if (fence === undefined) depth += count(line, /<details\b/g) - count(line, /<\/details>/g);
    place += line.length;
  }
  return boundary > 0 && boundary <= most ? boundary : body.lastIndexOf("\n", most) + 1;
}

const count = (line: string, pattern: RegExp) => [...line.matchAll(pattern)].length;
