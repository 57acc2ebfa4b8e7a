import type { ConnectionSecurity } from "../../core/topology";

/** A policy as it is published: who may take the domain's mail, and whether that is meant. */
export interface MtaStsPolicy {
  readonly mode: string;
  /** "mx.example.com" or "*.example.com" */
  readonly mx: readonly string[];
}

/** Longer ones are no policies. @see RFC 8461 section 3.2 */
const LONGEST = 64 * 1024;

/** Undefined for what is no policy. @see RFC 8461 section 3.2 */
export function parseMtaSts(text: string): MtaStsPolicy | undefined {
  if (text.length > LONGEST) return undefined;
  const pairs = text.split(/\r?\n/).map((line) => {
    const colon = line.indexOf(":");
    return [line.slice(0, Math.max(colon, 0)).trim().toLowerCase(), line.slice(colon + 1).trim()] as const;
  });
  const valuesOf = (key: string) => pairs.filter(([name]) => name === key).map(([, value]) => value);
  const [version] = valuesOf("version");
  const [mode] = valuesOf("mode");
  if (version !== "STSv1" || mode === undefined) return undefined;
  return { mode: mode.toLowerCase(), mx: valuesOf("mx").map((one) => one.toLowerCase().replace(/\.$/, "")) };
}

/** What the policy forbids of a server and its encryption; undefined where it forbids nothing, or is only being tried out. */
export function forbiddenByMtaSts(
  { mode, mx }: MtaStsPolicy,
  host: string,
  security: ConnectionSecurity,
): string | undefined {
  if (mode !== "enforce") return undefined;
  if (security === "none") return "it demands encryption, and the connection is in plain text";
  if (mx.some((pattern) => matches(pattern, host.toLowerCase()))) return undefined;
  return `it does not name ${host} (it names ${mx.slice(0, 5).join(", ") || "nobody"})`;
}

/** A star stands for exactly one label. */
function matches(pattern: string, host: string): boolean {
  if (!pattern.startsWith("*.")) return pattern === host;
  const dot = host.indexOf(".");
  return dot > 0 && host.slice(dot) === pattern.slice(1);
}
