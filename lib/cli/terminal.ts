import { printableLines } from "../core/printable";
import { mapStyled, type Styled } from "../core/styled";
import { layOut, type Look } from "./layout";
import type { InitialSurroundings, Screen } from "./surroundings";

/** In columns: where nobody's screen tells it. */
const USUAL = 80;

/** Longer lines of prose are hard to read, however wide the screen. */
const WIDEST_HELP = 100;

/** The one way to whoever reads: whatever a command writes acts neither on a terminal nor on a pipeline, and fits the screen. */
export class Terminal {
  /** Set by `--color` and `--no-color`. @default as the environment says */
  colour?: boolean;

  constructor(private readonly given: InitialSurroundings) {}

  /** A result as it is: what scripts read, or what is copied. */
  readonly out = (text: string): void => this.given.out(printableLines(text));

  /** A result for people. */
  readonly tell = (text: Styled): void => this.given.out(layOut(mapStyled(text, printableLines), this.look("out")));

  /** Progress, hints and problems. */
  readonly err = (text: Styled): void => this.given.err(layOut(mapStyled(text, printableLines), this.look("err")));

  /** Somebody sits there and sees progress. */
  get watched(): boolean {
    return this.given.screens?.err !== undefined && !this.given.environment["CI"];
  }

  look(stream: "out" | "err"): Look {
    const { environment, screens } = this.given;
    const screen = screens?.[stream];
    return { width: widthOf(screen, environment), colour: this.colour ?? wantsColour(screen, environment) };
  }

  /** Help is laid out wherever it goes: it is a page, not lines. */
  helpWidth(stream: "out" | "err"): number {
    return Math.min(this.look(stream).width ?? USUAL, WIDEST_HELP);
  }
}

type Environment = InitialSurroundings["environment"];

/** A file or a pipe has no end of the line: whoever reads it later has another screen, or none. */
function widthOf(screen: Screen | undefined, { COLUMNS }: Environment): number | undefined {
  if (screen === undefined) return undefined;
  const said = /^[1-9]\d*$/.test(COLUMNS ?? "") ? Number(COLUMNS) : screen.columns;
  // Some terminals, as in containers, say 0.
  return said || USUAL;
}

/**
 * @see https://no-color.org
 * @see https://force-color.org
 */
function wantsColour(screen: Screen | undefined, { NO_COLOR, FORCE_COLOR, TERM }: Environment): boolean {
  if (NO_COLOR) return false;
  if (FORCE_COLOR) return FORCE_COLOR !== "0" && FORCE_COLOR !== "false";
  return screen !== undefined && TERM !== "dumb";
}
