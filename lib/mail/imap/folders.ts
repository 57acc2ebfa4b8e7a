import { nearestWord } from "../../validators/did-you-mean";

/** The role of a folder when looking for a mail. */
export type FolderRole =
  | "expected"
  | "junk"
  | "trash"
  /** All messages of the mailbox, archived ones included. */
  | "all"
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

/** The most folders that are searched; further ones are counted. */
export const MOST_FOLDERS = 200;

/** Folder names that mail programs and servers of many countries create, for servers that mark no folder. */
const JUNK = words(
  "Junk, Junk E-mail, Junk Email, Junk Mail, Spam, Spam Mail, Bulk, Bulk Mail, Quarantine, Suspected Spam, Possible Spam, Unsolicited",
  "Courrier indésirable, Courriers indésirables, Indésirables, Pourriel, Pourriels, Messages indésirables",
  "Spamverdacht, Spam-Verdacht, Unerwünscht, Unerwünschte Werbung, Werbung, Junk-E-Mail, Spamordner",
  "Correo no deseado, Correo basura, Posta indesiderata, Posta spazzatura, Ongewenste e-mail, Ongewenst, Ongewenste reclame",
  "Lixo eletrônico, Lixo electrónico, Correio electrónico não solicitado, Skräppost, Uønsket e-post, Søppelpost, Uønsket mail, Roskaposti",
  "Wiadomości-śmieci, Niechciane, Nevyžádaná pošta, Nevyžiadaná pošta, Levélszemét, Mesaje nedorite, Neželena pošta, Neželjena pošta",
  "Önemsiz E-posta, Gereksiz, Ανεπιθύμητα, Ανεπιθύμητη αλληλογραφία, Спам, Нежелательная почта, Небажана пошта, Нежелана поща",
  "迷惑メール, 垃圾邮件, 垃圾郵件, 정크 메일, 스팸메일함, דואר זבל, البريد العشوائي",
);
const TRASH = words(
  "Trash, Deleted, Deleted Items, Deleted Messages, Bin, Wastebasket, Corbeille, Éléments supprimés, Papierkorb, Gelöschte Elemente, Gelöschte Objekte, Gelöscht",
  "Papelera, Elementos eliminados, Cestino, Posta eliminata, Prullenbak, Verwijderde items, Lixeira, Itens Excluídos, Itens Eliminados",
  "Papperskorgen, Borttaget, Slettede elementer, Slettet post, Roskakori, Poistetut, Kosz, Elementy usunięte, Koš, Odstraněná pošta, Kuka, Törölt elemek",
  "Çöp Kutusu, Silinmiş Öğeler, Корзина, Удаленные, Кошик, ゴミ箱, 削除済みアイテム, 已删除邮件, 已刪除的郵件, 휴지통, 지운 편지함",
);
const COPIES = words(
  "Sent, Sent Items, Sent Messages, Sent Mail, Drafts, Outbox, Templates, Éléments envoyés, Messages envoyés, Envoyés, Brouillons, Boîte d'envoi",
  "Gesendet, Gesendete Elemente, Gesendete Objekte, Entwürfe, Postausgang, Enviados, Elementos enviados, Borradores, Posta inviata, Inviati, Bozze",
  "Verzonden, Verzonden items, Concepten, Itens Enviados, Rascunhos, Skickat, Utkast, Sendte elementer, Sendt, Kladder, Lähetetyt, Luonnokset",
  "Wysłane, Elementy wysłane, Szkice, Odeslaná pošta, Koncepty, Отправленные, Черновики, 送信済み, 下書き, 已发送邮件, 草稿",
);

/**
 * Sorts the folders: the expected one first, then junk, trash and all others. Those that hold no messages are left out.
 * `expected` undefined: the mailbox has no such folder.
 */
export function sortFolders(
  listed: readonly ListedFolder[],
  expected: string,
): { readonly expected: Folder | undefined; readonly searched: readonly Folder[]; readonly leftOut: number } {
  const selectable = listed.filter(({ flags, path }) => path !== "" && !has(flags, "\\Noselect", "\\NonExistent"));
  const wanted = selectable.find(({ path }) => isSame(path, expected));
  const rank: readonly FolderRole[] = ["expected", "junk", "trash", "other", "all"];
  const seen = new Set<string>();
  const folders = selectable
    .map((folder): Folder => ({ path: folder.path, role: folder === wanted ? "expected" : roleOf(folder) }))
    .filter(({ path, role }) => role !== "copies" && !seen.has(path) && seen.add(path))
    .sort((a, b) => rank.indexOf(a.role) - rank.indexOf(b.role));
  return {
    expected: folders.find(({ role }) => role === "expected"),
    searched: folders.filter(({ role }, index) => index < MOST_FOLDERS || role === "all"),
    leftOut: Math.max(0, folders.length - MOST_FOLDERS),
  };
}

export function roleOf({ path, flags, delimiter }: ListedFolder): FolderRole {
  if (has(flags, "\\Junk", "\\Spam")) return "junk";
  if (has(flags, "\\Trash")) return "trash";
  if (has(flags, "\\All", "\\AllMail")) return "all";
  if (has(flags, "\\Sent", "\\Drafts", "\\Flagged", "\\Starred")) return "copies";
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

/** Only the name INBOX is case-insensitive (RFC 3501 section 5.1). */
function isSame(path: string, expected: string): boolean {
  return path === expected || (/^inbox$/i.test(expected) && /^inbox$/i.test(path));
}

function has(flags: ReadonlySet<string>, ...wanted: readonly string[]): boolean {
  const lower = wanted.map((flag) => flag.toLowerCase());
  return [...flags].some((flag) => lower.includes(flag.toLowerCase()));
}

function words(...lists: readonly string[]): ReadonlySet<string> {
  return new Set(lists.flatMap((list) => list.split(", ")).map(simple));
}

function simple(name: string): string {
  return name
    .normalize("NFC")
    .toLowerCase()
    .replace(/[\s_-]+/g, "");
}
