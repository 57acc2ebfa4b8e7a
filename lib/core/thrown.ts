import { printable } from "./printable";

/** The code of a system error, such as `ECONNREFUSED`; empty where there is none. */
export function errorCode(error: unknown): string {
  const { code } = (error ?? {}) as { code?: unknown };
  return typeof code === "string" ? code : "";
}

/** The message of anything that was thrown, unchanged. */
export const messageOf = (error: unknown): string => (error instanceof Error ? error.message : String(error));

/** The message of anything that was thrown, cleaned for output. */
export const errorWords = (error: unknown): string => printable(messageOf(error));
