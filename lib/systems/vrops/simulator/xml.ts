import { escapedText } from "../../../core/markup";
import type { WebRequest } from "../../kit/simulator/web";

/** The names of the root of an answer in the vendor's descriptions, by the end of the path; longer ends first. */
const ROOTS: readonly (readonly [RegExp, string])[] = [
  [/\/auth\/token\/acquire$/, "auth-token"],
  [/\/auth\/sources$/, "auth-sources"],
  [/\/auth\/currentuser$/, "user"],
  [/\/versions$/, "versions"],
  [/\/versions\/current$/, "version"],
  [/\/alertplugins\/types$/, "alert-plugin-types"],
  [/\/alertplugins\/types\/[^/]+$/, "alert-plugin-type"],
  [/\/notifications\/rules$|\/alertplugins\/[^/]+\/rules$/, "notification-rules"],
  [/\/notifications\/rules\/[^/]+$/, "notification-rule"],
  [/\/alertplugins$/, "notification-plugins"],
  [/\/alertplugins\/[^/]+/, "notification-plugin"],
];

/** Whether JSON was requested: without the header vROps answers with XML. */
export function wantsJson({ headers }: Pick<WebRequest, "headers">): boolean {
  return /\bapplication\/(?:[\w.-]+\+)?json\b/i.test(headers.accept ?? "");
}

/** The root of an answer; a write to a collection returns one of its objects. */
export function rootOf({ method, url }: Pick<WebRequest, "method" | "url">, status: number): string {
  if (status >= 400) return "error";
  const path = url.split("?")[0]!;
  const root = ROOTS.find(([end]) => end.test(path))?.[1] ?? "response";
  return method === "GET" || !root.endsWith("s") ? root : root.slice(0, -1);
}

/** An answer as XML: enough to show that it is not the JSON that was not requested, not the vendor's complete schema. */
export function xmlOf(root: string, value: unknown): string {
  const open = `<ops:${root} xmlns:ops="http://webservice.vmware.com/vRealizeOpsMgr/1.0/">`;
  return `<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n${open}${content(value)}</ops:${root}>`;
}

function content(value: unknown): string {
  if (value === null || value === undefined) return "";
  if (typeof value !== "object") return escapedText(String(value));
  return Object.entries(value)
    .map(([name, member]) => element(name, member))
    .join("");
}

function element(name: string, value: unknown): string {
  const inner = Array.isArray(value) ? value.map((one) => element(singular(name), one)).join("") : content(value);
  return `<ops:${name}>${inner}</ops:${name}>`;
}

const singular = (name: string) => (name.endsWith("s") ? name.slice(0, -1) : "value");
