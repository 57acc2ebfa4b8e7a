import { printable } from "../../core/printable";
import { organizationalDomain, type AlignmentMode } from "./organizational-domain";
import { MAX_TEXT, type Questions } from "./questions";
import { parseTagList } from "./tag-list";

export type DmarcDisposition = "none" | "quarantine" | "reject";

/** What the owner of a domain requests for mail that fails. @see RFC 7489, section 6.3 */
export interface DmarcPolicy {
  /** The domain that has the record. */
  readonly domain: string;
  readonly record: string;
  /** The disposition for the sender's domain: `sp` where the record belongs to a parent domain. */
  readonly disposition: DmarcDisposition;
  readonly p: DmarcDisposition;
  readonly sp?: DmarcDisposition;
  readonly pct: number;
  readonly adkim: AlignmentMode;
  readonly aspf: AlignmentMode;
  /** Tags that receivers ignore, in words: an invalid tag does not invalidate the policy. */
  readonly ignored: readonly string[];
}

/** The result of looking for a policy. */
export type DmarcDiscovery =
  | { readonly state: "found"; readonly policy: DmarcPolicy }
  | { readonly state: "none"; readonly asked: readonly string[] }
  | { readonly state: "several"; readonly domain: string; readonly records: readonly string[] }
  | { readonly state: "malformed"; readonly domain: string; readonly record: string; readonly why: string };

/**
 * Looks for a policy at the domain itself, then at the organizational domain. Rejects with `NoAnswer`. @see RFC 7489,
 * section 6.6.3
 */
export async function discoverPolicy(from: string, questions: Questions): Promise<DmarcDiscovery> {
  const organization = await organizationalDomain(from);
  const asked = [...new Set([from, organization])];
  for (const domain of asked) {
    const records = (await questions.texts(`_dmarc.${domain}`)).filter((text) => /^v\s*=\s*DMARC1\b/i.test(text));
    if (records.length > 1) return { state: "several", domain, records };
    if (records.length === 1) return parsePolicy(records[0]!, domain, domain !== from);
  }
  return { state: "none", asked };
}

/**
 * Reads a record as receivers do: invalid tags besides the policy are ignored, and without a valid policy a record that
 * requests reports counts as p=none. `inherited`: the record belongs to a parent of the sender's domain. @see RFC 7489,
 * sections 6.3 and 6.6.3
 */
function parsePolicy(record: string, domain: string, inherited: boolean): DmarcDiscovery {
  const malformed = (why: string): DmarcDiscovery => {
    return { state: "malformed", domain, record: printable(record), why: printable(why, 120) };
  };
  if (record.length > MAX_TEXT) return malformed(`it has ${record.length} characters`);
  const { tags: asWritten, errors } = parseTagList(record);
  const tags = new Map([...asWritten].map(([name, value]) => [name.toLowerCase(), value]));
  if (tags.get("v") !== "DMARC1") return malformed("it must begin with v=DMARC1");

  const ignored = [...errors];
  const read = <T>(name: string, parse: (value: string) => T | undefined, wanted: string): T | undefined => {
    const value = tags.get(name);
    const parsed = value === undefined ? undefined : parse(value);
    if (value !== undefined && parsed === undefined) ignored.push(`${name}=${value} is ${wanted}`);
    return parsed;
  };
  const declared = read("p", disposition, "no policy");
  const sp = read("sp", disposition, "no policy");
  const valid = declared !== undefined && (sp !== undefined || !tags.has("sp"));
  if (!valid && !/^\s*mailto:[^\s,]+@/i.test(tags.get("rua") ?? "")) {
    return malformed(ignored.find((why) => why.endsWith("no policy")) ?? "it has no p=");
  }
  if (!tags.has("p")) ignored.push("it has no p=, which counts as p=none");
  const p = valid ? declared : "none";
  const pct = read("pct", percentage, "not a percentage") ?? 100;
  const adkim = read("adkim", mode, "neither r nor s") ?? "relaxed";
  const aspf = read("aspf", mode, "neither r nor s") ?? "relaxed";
  return {
    state: "found",
    policy: {
      domain,
      record: printable(record),
      disposition: (inherited && valid ? sp : undefined) ?? p,
      p,
      ...(sp === undefined || !valid ? {} : { sp }),
      pct,
      adkim,
      aspf,
      ignored: ignored.map((why) => printable(why, 120)),
    },
  };
}

function disposition(value: string | undefined): DmarcDisposition | undefined {
  const lower = value?.toLowerCase();
  return lower === "none" || lower === "quarantine" || lower === "reject" ? lower : undefined;
}

function mode(value: string): AlignmentMode | undefined {
  const lower = value.toLowerCase();
  return lower === "r" ? "relaxed" : lower === "s" ? "strict" : undefined;
}

const percentage = (value: string) => (/^\d{1,3}$/.test(value) && Number(value) <= 100 ? Number(value) : undefined);
