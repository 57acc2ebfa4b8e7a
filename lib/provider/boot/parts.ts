/**
 * The services of the executable's first lines for the program behind them.
 *
 * The program is not loaded as a whole, since Terraform starts it three times for each plan and calls little of it each time.
 */
export interface Parts {
  /** Reads what is stored beside the program: packed packages, prepared answers, licences. */
  read(name: string): Buffer;
  /** Evaluates an expression. */
  compile(source: { readonly name: string; readonly text: string }): unknown;
  /** Saves memory and work from now on. Call it once most of what a run needs is loaded: loading profits from plenty. */
  save(): void;
}

declare const outboundParts: Parts | undefined;

/** The services of the executable; undefined in tests, which run the program without one. */
export const parts = (): Parts | undefined => (typeof outboundParts === "undefined" ? undefined : outboundParts);
