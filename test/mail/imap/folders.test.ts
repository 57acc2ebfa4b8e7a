import { MOST_FOLDERS, nearestFolder, roleOf, sortFolders, type ListedFolder } from "../../../lib/mail/imap/folders";

const folder = (path: string, ...flags: string[]): ListedFolder => ({ path, flags: new Set(flags), delimiter: "/" });

describe("what a folder is for", () => {
  it.each([
    ["Junk", "junk"],
    ["INBOX/spam", "junk"],
    ["Junk E-Mail", "junk"],
    ["Junk-E-Mail", "junk"],
    ["Bulk Mail", "junk"],
    ["Courrier indésirable", "junk"],
    ["Courrier inde\u0301sirable", "junk"],
    ["Spam reports/2026", "other"],
    ["Junkyard", "other"],
    ["Deleted Items", "trash"],
    ["Pourriels", "junk"],
    ["Spamverdacht", "junk"],
    ["Correo no deseado", "junk"],
    ["迷惑メール", "junk"],
    ["Нежелательная почта", "junk"],
    ["Papierkorb", "trash"],
    ["Gesendete Elemente", "copies"],
    ["Éléments supprimés", "trash"],
    ["Sent Items", "copies"],
    ["Drafts", "copies"],
    ["Alerts", "other"],
  ])("%s, where the server marks nothing: %s", (path, role) => {
    expect(roleOf(folder(path))).toBe(role);
  });

  it.each([
    ["\\Junk", "junk"],
    ["\\junk", "junk"],
    ["\\Trash", "trash"],
    ["\\Sent", "copies"],
    ["\\All", "all"],
    ["\\AllMail", "all"],
    ["\\Flagged", "copies"],
    ["\\HasNoChildren", "other"],
  ])("marked %s by the server: %s", (flag, role) => {
    expect(roleOf(folder("Whatever", flag))).toBe(role);
  });

  it("believes the server's mark rather than the name", () => {
    expect(roleOf(folder("Spam", "\\Trash"))).toBe("trash");
  });
});

describe("the order of folders", () => {
  it("is the expected one, junk, trash, and the others; copies and empty names are left out", () => {
    const listed = ["Zoo", "Trash", "Sent", "Spam", "", "INBOX", "Alerts"].map((path) => folder(path));
    const { expected, searched, leftOut } = sortFolders(listed, "inbox");
    expect(expected).toEqual({ path: "INBOX", role: "expected" });
    expect(searched.map(({ path }) => path)).toEqual(["INBOX", "Spam", "Trash", "Zoo", "Alerts"]);
    expect(leftOut).toBe(0);
  });

  it("takes the expected folder whatever it is marked as", () => {
    expect(sortFolders([folder("All Mail", "\\All")], "All Mail").expected).toEqual({
      path: "All Mail",
      role: "expected",
    });
  });

  it("tells folders apart by case, but for INBOX", () => {
    expect(sortFolders([folder("Alerts")], "alerts").expected).toBeUndefined();
    expect(sortFolders([folder("Inbox")], "INBOX").expected).toBeDefined();
  });

  it("leaves out what cannot be selected, and repetitions", () => {
    const listed = [folder("A", "\\Noselect"), folder("B", "\\NonExistent"), folder("C"), folder("C")];
    expect(sortFolders(listed, "C").searched).toEqual([{ path: "C", role: "expected" }]);
  });

  it("ends at the limit and counts the rest", () => {
    const listed = Array.from({ length: MOST_FOLDERS + 7 }, (_, index) => folder(`F${index}`));
    const { searched, leftOut } = sortFolders(listed, "F205");
    expect(searched).toHaveLength(MOST_FOLDERS);
    expect(searched[0]!.path).toBe("F205");
    expect(leftOut).toBe(7);
  });
});

describe("the folder that was probably meant", () => {
  it.each([
    ["Alerst", "Alerts"],
    ["alerts", "Alerts"],
    ["Alerts", "INBOX/Alerts"],
    ["INBOX.Alerts", "INBOX/Alerts"],
  ])("for %s is %s", (wanted, meant) => {
    expect(nearestFolder(wanted, [folder("INBOX"), folder(meant)])).toBe(meant);
  });

  it("is none when nothing is near", () => {
    expect(nearestFolder("Alerts", [folder("Holidays"), folder("Invoices")])).toBeUndefined();
  });
});
