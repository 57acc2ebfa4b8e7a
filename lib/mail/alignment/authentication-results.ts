import { printable } from "../../core/printable";

/** What a server found out about a message. @see RFC 8601 */
export interface AuthenticationResults {
  /** The server's name for itself (authserv-id). */
  readonly server: string;
  readonly results: readonly MethodResult[];
}

export interface MethodResult {
  /** "spf", "dkim", "dmarc" and others, in lower case. */
  readonly method: string;
  /** "pass", "fail" and others, in lower case. */
  readonly result: string;
  /** By "type.name", in lower case: "smtp.mailfrom". */
  readonly properties: ReadonlyMap<string, string>;
}

const MAX_LENGTH = 8_192;
const MAX_FIELDS = 10;
const MAX_RESULTS = 50;

/**
 * Reads the receiving server's results: its topmost field, and further fields of the same server name that add methods,
 * since every filter of a server writes a field of its own. Lower fields may come from the sender.
 */
export function receiversResults(fields: readonly string[]): AuthenticationResults | undefined {
  const [top, ...others] = fields.slice(0, MAX_FIELDS).map(parseAuthenticationResults);
  if (!top) return undefined;
  const results = [...top.results];
  for (const other of others) {
    // The first field of another server ends those of this one.
    if (other?.server !== top.server) break;
    const known = new Set(results.map(({ method }) => method));
    results.push(...other.results.filter(({ method }) => !known.has(method)));
  }
  return { server: top.server, results };
}

/** Parses one field; undefined when it has another form. */
export function parseAuthenticationResults(field: string): AuthenticationResults | undefined {
  const text = field.slice(0, MAX_LENGTH).replace(/^authentication-results\s*:/i, "");
  const [head = "", ...said] = statements(text);
  const server = /^\s*"?([^\s";]{1,253})"?/.exec(head)?.[1]?.toLowerCase();
  if (server === undefined) return undefined;
  const results = said
    .slice(0, MAX_RESULTS)
    .map(methodResult)
    .filter((result) => result !== undefined);
  return { server: printable(server, 100), results };
}

const METHOD = /^\s*([a-z][a-z0-9-]*)\s*(?:\/\s*\d+\s*)?=\s*([a-z]+)/i;
const PROPERTY = /\b([a-z][a-z0-9-]{0,30})\s{0,9}\.\s{0,9}([a-z][\w-]{0,30})\s{0,9}=\s{0,9}(?:"([^"]*)"|([^\s";]+))/gi;

function methodResult(statement: string): MethodResult | undefined {
  const [whole, method, result] = METHOD.exec(statement) ?? [];
  if (whole === undefined || method === undefined || result === undefined) return undefined;
  const properties = new Map<string, string>();
  for (const [, type, name, quoted, plain] of statement.slice(whole.length).matchAll(PROPERTY)) {
    properties.set(`${type}.${name}`.toLowerCase(), printable(quoted ?? plain ?? "", 200));
  }
  return { method: method.toLowerCase(), result: result.toLowerCase(), properties };
}

/** Splits at semicolons and drops comments, which nest and may contain anything, quotes and semicolons too. */
function statements(text: string): readonly string[] {
  const parts = [""];
  let depth = 0;
  let quoted = false;
  const keep = (characters: string) => {
    if (depth === 0) parts.push(parts.pop()! + characters);
  };
  for (let at = 0; at < text.length; at++) {
    const character = text[at]!;
    if (character === "\\") keep(text[++at] ?? "");
    else if (character === "(" && !quoted) depth++;
    else if (character === ")" && depth > 0) {
      depth--;
      keep(" ");
    } else if (character === ";" && !quoted && depth === 0) parts.push("");
    else {
      if (character === '"' && depth === 0) quoted = !quoted;
      keep(character);
    }
  }
  return parts;
}
