import { printable } from "./printable";

/** What was thrown may be anything. */

/** The code of a system error, `ECONNREFUSED`; empty where there is none. */
export function errorCode(error: unknown): string {
  const { code } = (error ?? {}) as { code?: unknown };
  return typeof code === "string" ? code : "";
}

/** Its words, as they came. */
export const messageOf = (error: unknown): string => (error instanceof Error ? error.message : String(error));

/** Its words, as they may be shown. */
export const errorWords = (error: unknown): string => printable(messageOf(error));
