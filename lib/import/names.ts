import { createHash } from "node:crypto";

/** The names of one imported object, in each place that needs one. */
export interface ImportedNames {
  /** The construct's id: `prod-smtp`. */
  readonly id: string;
  /** The name in a Terraform address: `prod_smtp`. */
  readonly label: string;
  /** The constant: `prodSmtp`. */
  readonly constant: string;
}

interface Named {
  readonly key: string;
  readonly name: string;
  /** The suffix for objects that share a name: "flow". */
  readonly kind: string;
}

/**
 * Chooses names that are valid, unique and stable, whatever else is imported and in whatever order it is listed: objects of
 * one name are distinguished by kind, then by a digest of their own id, never by a running number.
 */
export function namesOf(objects: readonly Named[]): ReadonlyMap<string, ImportedNames> {
  const plain = (one: Named) => {
    const short = slug(one.name);
    // Constructs keep their children in an object by id, so the names that every object has are not available.
    return short === "" || short in Object.prototype ? [short, one.kind].filter((part) => part).join("-") : short;
  };
  const withKind = (one: Named) => (plain(one).endsWith(one.kind) ? plain(one) : `${plain(one)}-${one.kind}`);
  const withDigest = (one: Named) =>
    `${withKind(one)}-${createHash("sha256").update(`${one.kind} ${one.key}`).digest("hex").slice(0, 6)}`;
  const ids = new Map<string, string>();
  let open = [...objects];
  for (const attempt of [plain, withKind, withDigest]) {
    const count = new Map<string, number>();
    for (const one of open) count.set(attempt(one), (count.get(attempt(one)) ?? 0) + 1);
    const taken = new Set(ids.values());
    const settled = (one: Named) => count.get(attempt(one)) === 1 && !taken.has(attempt(one));
    for (const one of open.filter(settled)) ids.set(one.key, attempt(one));
    open = open.filter((one) => !ids.has(one.key));
  }
  return new Map([...ids].map(([key, id]) => [key, { id, label: id.replaceAll("-", "_"), constant: constantOf(id) }]));
}

/** A limit above the vendors' own, so that ids in the addresses of a state stay readable. */
const LONGEST = 120;

/** Turns a name into lower case, digits and hyphens that begin with a letter. */
export function slug(text: string): string {
  const words = text
    .normalize("NFKD")
    .replace(/[\u0300-\u036f]/g, "")
    .replace(/([a-z])([A-Z])/g, "$1-$2")
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, "-")
    .replace(/^-|-$/g, "")
    // Cut at whole words; a single endless word is cut at the limit.
    .replace(new RegExp(`^(.{1,${LONGEST}})(?:-.*)?$`), "$1")
    .slice(0, LONGEST);
  return /^\d/.test(words) ? `n-${words}` : words;
}

/** The words that a constant must not use. */
const RESERVED = new Set(
  "app arguments await break case catch class const construct continue debugger default delete do else enum eval export extends false finally for function id if implements import in instanceof interface let new null package private protected public return scope secret static super switch this throw true try typeof undefined var void while with yield".split(
    " ",
  ),
);

function constantOf(id: string): string {
  const name = id.replace(/(?<!-)-+([a-z0-9])/g, (_, letter: string) => letter.toUpperCase());
  return RESERVED.has(name) ? `${name}1` : name;
}
