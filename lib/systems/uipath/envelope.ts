import type { HttpResponse } from "../../http/types";
import { excerpt } from "../../http/body";

/** What an error answer says, whatever its form. */
export interface VendorWords {
  /** Orchestrator's own number: 1002 is "not found". */
  readonly errorCode?: number;
  /** OAuth2's word: `invalid_client`, `invalid_scope`. */
  readonly oauth?: string;
  /** The organization is not known at this address of the Identity service. */
  readonly invalidPartition: boolean;
  /** For people. */
  readonly text: string;
}

/** Orchestrator's "the item was not found", said of settings too. */
export const ITEM_NOT_FOUND = 1002;

/**
 * Reads an error answer. Orchestrator says `{message, errorCode, traceId}`, the older login an envelope
 * with `error: {code, message}`, OAuth2 `{error, error_description}`. How the Identity service says it is
 * not documented: problem details (`title`, `detail`, `errors`) and the others are all understood.
 */
export function vendorWords(response: HttpResponse): VendorWords {
  const { status, data } = response;
  if (typeof data !== "object" || data === null) {
    const text = `${status} ${excerpt(response.text)}`.trim();
    return { text, invalidPartition: isInvalidPartition(text) };
  }
  const reply = data as Record<string, unknown>;
  const inner = isObject(reply["error"]) ? reply["error"] : undefined;
  const facts = [
    text(reply["message"] ?? reply["Message"]),
    text(inner?.["code"]),
    text(inner?.["message"]),
    text(inner?.["details"]),
    text(reply["error"]),
    text(reply["error_description"]),
    text(reply["title"]),
    text(reply["detail"]),
    ...fieldErrors(reply["errors"]),
  ].filter((fact) => fact !== undefined);
  const errorCode = reply["errorCode"] ?? reply["ErrorCode"];
  const trace = text(reply["traceId"] ?? reply["TraceId"]);
  const told = facts.length > 0 ? [...new Set(facts)].join(" | ") : excerpt(response.text);
  return {
    ...(typeof errorCode === "number" ? { errorCode } : {}),
    ...(typeof reply["error"] === "string" ? { oauth: reply["error"] } : {}),
    invalidPartition: isInvalidPartition(told),
    text: `${status} ${told}${typeof errorCode === "number" ? ` (error ${errorCode})` : ""}${trace ? ` (trace id ${trace})` : ""}`,
  };
}

const isInvalidPartition = (words: string) => /invalid ?partition/i.test(words);
const isObject = (value: unknown): value is Record<string, unknown> => typeof value === "object" && value !== null;
const text = (value: unknown): string | undefined => (typeof value === "string" && value !== "" ? value : undefined);

function fieldErrors(errors: unknown): string[] {
  if (!isObject(errors)) return [];
  return Object.entries(errors).map(([field, messages]) => `${field}: ${[messages].flat().map(String).join(", ")}`);
}
