import { printable } from "../../core/printable";
import { organizationalDomain, type AlignmentMode } from "./organizational-domain";
import { MAX_TEXT, type Questions } from "./questions";
import { parseTagList } from "./tag-list";

export type DmarcDisposition = "none" | "quarantine" | "reject";

/** What the owner of a domain wants to happen with mail that fails. @see RFC 7489, section 6.3 */
export interface DmarcPolicy {
  /** Where the record stands. */
  readonly domain: string;
  readonly record: string;
  /** For the sender's domain: `sp` where the record is that of a domain above it. */
  readonly disposition: DmarcDisposition;
  readonly p: DmarcDisposition;
  readonly sp?: DmarcDisposition;
  readonly pct: number;
  readonly adkim: AlignmentMode;
  readonly aspf: AlignmentMode;
}

/** What was found of a policy. */
export type DmarcDiscovery =
  | { readonly state: "found"; readonly policy: DmarcPolicy }
  | { readonly state: "none"; readonly asked: readonly string[] }
  | { readonly state: "several"; readonly domain: string; readonly records: readonly string[] }
  | { readonly state: "malformed"; readonly domain: string; readonly record: string; readonly why: string };

/** Looks at the domain itself, then at the organizational domain. Rejects with `NoAnswer`. @see RFC 7489, section 6.6.3 */
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

/** `inherited`: the record is that of a domain above the sender's. */
function parsePolicy(record: string, domain: string, inherited: boolean): DmarcDiscovery {
  const malformed = (why: string): DmarcDiscovery => {
    return { state: "malformed", domain, record: printable(record), why: printable(why, 120) };
  };
  if (record.length > MAX_TEXT) return malformed(`it has ${record.length} characters`);
  const { tags: asWritten, errors } = parseTagList(record);
  const tags = new Map([...asWritten].map(([name, value]) => [name.toLowerCase(), value]));
  if (errors.length > 0) return malformed(errors[0]!);
  if (tags.get("v") !== "DMARC1") return malformed("it must begin with v=DMARC1");

  const p = disposition(tags.get("p"));
  const sp = disposition(tags.get("sp"));
  if (tags.has("p") && p === undefined) return malformed(`p=${tags.get("p")} is no policy`);
  if (tags.has("sp") && sp === undefined) return malformed(`sp=${tags.get("sp")} is no policy`);
  if (p === undefined) return malformed("it has no p=");
  const pct = tags.get("pct") ?? "100";
  if (!/^\d{1,3}$/.test(pct) || Number(pct) > 100) return malformed(`pct=${pct} is not a percentage`);
  const adkim = mode(tags.get("adkim"));
  const aspf = mode(tags.get("aspf"));
  if (!adkim) return malformed(`adkim=${tags.get("adkim")} is neither r nor s`);
  if (!aspf) return malformed(`aspf=${tags.get("aspf")} is neither r nor s`);
  return {
    state: "found",
    policy: {
      domain,
      record: printable(record),
      disposition: (inherited ? sp : undefined) ?? p,
      p,
      ...(sp === undefined ? {} : { sp }),
      pct: Number(pct),
      adkim,
      aspf,
    },
  };
}

function disposition(value: string | undefined): DmarcDisposition | undefined {
  const lower = value?.toLowerCase();
  return lower === "none" || lower === "quarantine" || lower === "reject" ? lower : undefined;
}

function mode(value: string | undefined): AlignmentMode | undefined {
  const lower = value?.toLowerCase() ?? "r";
  return lower === "r" ? "relaxed" : lower === "s" ? "strict" : undefined;
}
