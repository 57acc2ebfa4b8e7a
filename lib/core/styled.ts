/** Text for people, whose parts carry a meaning; whoever shows it decides on colours and line breaks. */
export type Styled = string | readonly StyledPart[];

export type StyledPart = string | Toned;

export interface Toned {
  readonly text: string;
  readonly tone: Tone;
}

/** The meaning of a part. `code` is text to copy: no line breaks within it. */
export type Tone = "good" | "warning" | "bad" | "strong" | "faint" | "code";

export const toned = (tone: Tone, text: string): Toned => ({ text, tone });

/** Builds styled text from a template: `` styled`${toned("bad", "Error")}: ${text}` `` */
export function styled(strings: TemplateStringsArray, ...parts: readonly (Styled | Toned)[]): readonly StyledPart[] {
  return strings.flatMap((text, index): StyledPart[] => {
    const next = partsOf(parts[index] ?? "");
    return text === "" ? [...next] : [text, ...next];
  });
}

/** Puts one text below the other. */
export function styledLines(lines: readonly (Styled | Toned)[]): readonly StyledPart[] {
  return lines.flatMap((line, index) => (index === 0 ? partsOf(line) : ["\n", ...partsOf(line)]));
}

/** Maps each part by itself: a pattern of `change` never reaches from one part into the next. */
export function mapStyled(text: Styled, change: (part: string) => string): readonly StyledPart[] {
  return partsOf(text).map((part) => (typeof part === "string" ? change(part) : { ...part, text: change(part.text) }));
}

/** The text without its tones. */
export const plain = (text: Styled): string =>
  partsOf(text)
    .map((part) => (typeof part === "string" ? part : part.text))
    .join("");

export const partsOf = (text: Styled | Toned): readonly StyledPart[] =>
  typeof text === "string" || "tone" in text ? [text] : text;
