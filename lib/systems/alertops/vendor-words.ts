import type { HttpResponse } from "../../http/types";

/**
 * What an error answer says. A bad key is answered `{ "reason": … }`; everything else has a member `errors` whose form is
 * not documented: a text, a list or a map are all understood.
 */
export function vendorWords(response: HttpResponse): string {
  const id = response.requestId === undefined ? "" : ` (request ${response.requestId})`;
  const body = response.data;
  const words =
    typeof body === "object" && body !== null
      ? [...new Set(["errors", "reason", "message", "title"].flatMap((name) => texts((body as Members)[name])))]
      : [
          response.text
            .replace(/<[^>]*>/g, " ")
            .replace(/\s+/g, " ")
            .trim()
            .slice(0, 300),
        ];
  return `${response.status}${id} ${words.filter((word) => word !== "").join(" | ")}`.trim();
}

type Members = Readonly<Record<string, unknown>>;

function texts(value: unknown): string[] {
  if (typeof value === "string") return [value];
  if (Array.isArray(value)) return value.flatMap(texts);
  if (typeof value !== "object" || value === null) return [];
  return Object.entries(value).flatMap(([name, inner]) => texts(inner).map((text) => `${name}: ${text}`));
}
