import type { ConnectionSecurity } from "../../core/topology";

/** A published policy: which servers may receive the domain's mail, and whether it is enforced. */
export interface MtaStsPolicy {
  readonly mode: string;
  /** "mx.example.com" or "*.example.com" */
  readonly mx: readonly string[];
}

/** The limit for a policy. @see RFC 8461 section 3.2 */
const LONGEST = 64 * 1024;

/** Parses a policy; undefined for a text that is none. @see RFC 8461 section 3.2 */
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

/** Why the policy forbids a server or its encryption; undefined where it does not, or is in testing mode. */
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

/** A wildcard matches exactly one label. */
function matches(pattern: string, host: string): boolean {
  if (!pattern.startsWith("*.")) return pattern === host;
  const dot = host.indexOf(".");
  return dot > 0 && host.slice(dot) === pattern.slice(1);
}
