import { nearestWord } from "../../validators/did-you-mean";

/** What a folder is for, as far as finding a mail is concerned. */
export type FolderRole =
  | "expected"
  | "junk"
  | "trash"
  /** Copies of what the account itself sends or writes, or views of other folders: a mail in there has not arrived. */
  | "copies"
  | "other";

export interface Folder {
  readonly path: string;
  readonly role: FolderRole;
}

/** As the server lists it. */
export interface ListedFolder {
  readonly path: string;
  /** @see RFC 6154 */
  readonly flags: ReadonlySet<string>;
  readonly delimiter?: string | undefined;
}

/** What is looked into at most; the rest is counted. */
export const MOST_FOLDERS = 200;

/** Names of junk folders where the server marks none, as mail programs of several countries create them. */
const JUNK = words(
  "Junk, Junk E-mail, Junk Email, Junk Mail, Spam, Bulk, Bulk Mail, Quarantine, Courrier indésirable, Indésirables, Pourriel, Spamverdacht, Unerwünscht, Correo no deseado, Posta indesiderata, Ongewenste e-mail, Lixo eletrônico, Skräppost",
);
const TRASH = words(
  "Trash, Deleted Items, Deleted Messages, Corbeille, Éléments supprimés, Papierkorb, Gelöschte Elemente",
);
const COPIES = words(
  "Sent, Sent Items, Sent Messages, Sent Mail, Drafts, Outbox, Éléments envoyés, Brouillons, Gesendet, Entwürfe",
);

/**
 * Sorts the folders: the expected one first, then junk, trash and all others. Those that hold no messages
 * are left out. `expected` undefined: the mailbox has no such folder.
 */
export function sortFolders(
  listed: readonly ListedFolder[],
  expected: string,
): { readonly expected: Folder | undefined; readonly searched: readonly Folder[]; readonly leftOut: number } {
  const selectable = listed.filter(({ flags, path }) => path !== "" && !has(flags, "\\Noselect", "\\NonExistent"));
  const wanted = selectable.find(({ path }) => isSame(path, expected));
  const rank: readonly FolderRole[] = ["expected", "junk", "trash", "other"];
  const seen = new Set<string>();
  const folders = selectable
    .map((folder): Folder => ({ path: folder.path, role: folder === wanted ? "expected" : roleOf(folder) }))
    .filter(({ path, role }) => role !== "copies" && !seen.has(path) && seen.add(path))
    .sort((a, b) => rank.indexOf(a.role) - rank.indexOf(b.role));
  return {
    expected: folders.find(({ role }) => role === "expected"),
    searched: folders.slice(0, MOST_FOLDERS),
    leftOut: Math.max(0, folders.length - MOST_FOLDERS),
  };
}

export function roleOf({ path, flags, delimiter }: ListedFolder): FolderRole {
  if (has(flags, "\\Junk", "\\Spam")) return "junk";
  if (has(flags, "\\Trash")) return "trash";
  if (has(flags, "\\Sent", "\\Drafts", "\\All", "\\AllMail", "\\Flagged", "\\Starred")) return "copies";
  const name = simple(delimiter ? path.slice(path.lastIndexOf(delimiter) + 1) : path);
  if (JUNK.has(name)) return "junk";
  if (TRASH.has(name)) return "trash";
  if (COPIES.has(name)) return "copies";
  return "other";
}

/** The folder that was probably meant. */
export function nearestFolder(folder: string, listed: readonly ListedFolder[]): string | undefined {
  const paths = listed.map(({ path }) => path).slice(0, MOST_FOLDERS);
  return (
    nearestWord(folder, paths) ??
    paths.find((path) => simple(path).endsWith(simple(folder)) || simple(folder).endsWith(simple(path)))
  );
}

/** INBOX is the one name whose case does not matter (RFC 3501 section 5.1). */
function isSame(path: string, expected: string): boolean {
  return path === expected || (/^inbox$/i.test(expected) && /^inbox$/i.test(path));
}

function has(flags: ReadonlySet<string>, ...wanted: readonly string[]): boolean {
  const lower = wanted.map((flag) => flag.toLowerCase());
  return [...flags].some((flag) => lower.includes(flag.toLowerCase()));
}

function words(list: string): ReadonlySet<string> {
  return new Set(list.split(", ").map(simple));
}

function simple(name: string): string {
  return name
    .normalize("NFC")
    .toLowerCase()
    .replace(/[\s_-]+/g, "");
}
