import type { Garbage } from "./heap";

/**
 * What the first lines of the executable give to the program that lies behind them.
 *
 * The program is not loaded as a whole, since Terraform starts it three times for each plan and asks little of it each time.
 */
export interface Parts {
  /** Something that lies beside the program, as it was stored: packed packages, prepared answers, licences. */
  read(name: string): Buffer;
  /** The value of an expression. */
  compile(source: { readonly name: string; readonly text: string }): unknown;
  /** From here on garbage of this kind is to need little memory. */
  keepSmall(garbage: Garbage): void;
}

declare const outboundParts: Parts | undefined;

/** Undefined where the program does not come from an executable: in tests. */
export const parts = (): Parts | undefined => (typeof outboundParts === "undefined" ? undefined : outboundParts);
