import type * as z from "../../../core/zod";
import type { WebRequest } from "../../kit/simulator/web";
import * as refuse from "./refusals";

const TYPES: Readonly<Record<string, string>> = {
  ip: "ipv4",
  servicePort: "long",
  description: "string",
  accessRules: "auth.AccessRule[]",
  redirection: "string",
  allowedIPs: "ipBlock[]",
};

/** Parses the body of a request; throws the refusal of the API that names the first wrong field. */
export function validated<S extends z.ZodMiniType>(shape: S, request: WebRequest): z.output<S> {
  let body: unknown;
  try {
    body = JSON.parse(typeof request.body === "string" && request.body !== "" ? request.body : "{}");
  } catch {
    throw refuse.notJson();
  }
  const parsed = shape.safeParse(body);
  if (parsed.success) return parsed.data;
  const issue = parsed.error.issues[0]!;
  const name = issue.code === "unrecognized_keys" ? issue.keys[0]! : String(issue.path[0] ?? "body");
  const value = (body as Record<string, unknown> | null)?.[name];
  throw value === undefined
    ? refuse.missingParameter(name)
    : refuse.invalidParameter(name, typeof value === "object" ? JSON.stringify(value) : value, TYPES[name] ?? "known");
}
