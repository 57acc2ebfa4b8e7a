import { printableLines } from "../core/printable";
import { mapStyled, type Styled } from "../core/styled";
import { layOut, type Look } from "./layout";
import type { InitialSurroundings, Screen } from "./surroundings";

/** Columns, where no screen has a width. */
const USUAL = 80;

/** Longer lines of prose are hard to read, however wide the screen is. */
const WIDEST_HELP = 100;

/**
 * The only way to print: every text is cleaned of characters that act on a terminal or a pipeline, and fits the screen.
 */
export class Terminal {
  /** Set by `--color` and `--no-color`. @default by the environment */
  colour?: boolean;

  constructor(private readonly given: InitialSurroundings) {}

  /** Prints a result as it is, for scripts or for copying. */
  readonly out = (text: string): void => this.given.out(printableLines(text));

  /** Prints a result for people. */
  readonly print = (text: Styled): void => this.given.out(layOut(mapStyled(text, printableLines), this.look("out")));

  /** Prints progress, hints and problems. */
  readonly err = (text: Styled): void => this.given.err(layOut(mapStyled(text, printableLines), this.look("err")));

  /** Whether a user at a terminal sees progress. */
  get watched(): boolean {
    return this.given.screens?.err !== undefined && !this.given.environment["CI"];
  }

  look(stream: "out" | "err"): Look {
    const { environment, screens } = this.given;
    const screen = screens?.[stream];
    return { width: widthOf(screen, environment), colour: this.colour ?? wantsColour(screen, environment) };
  }

  /** Help is laid out for every output: it is a page, not lines. */
  helpWidth(stream: "out" | "err"): number {
    return Math.min(this.look(stream).width ?? USUAL, WIDEST_HELP);
  }
}

type Environment = InitialSurroundings["environment"];

/** A file or a pipe has no width: its reader has another screen, or none. */
function widthOf(screen: Screen | undefined, { COLUMNS }: Environment): number | undefined {
  if (screen === undefined) return undefined;
  const said = /^[1-9]\d*$/.test(COLUMNS ?? "") ? Number(COLUMNS) : screen.columns;
  // Some terminals, as in containers, report 0.
  return said || USUAL;
}

/**
 * Decides by the conventions for colours.
 *
 * @see https://no-color.org
 * @see https://force-color.org
 */
function wantsColour(screen: Screen | undefined, { NO_COLOR, FORCE_COLOR, TERM }: Environment): boolean {
  if (NO_COLOR) return false;
  if (FORCE_COLOR) return FORCE_COLOR !== "0" && FORCE_COLOR !== "false";
  return screen !== undefined && TERM !== "dumb";
}
