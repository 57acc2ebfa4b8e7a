import { sameIgnoringCase } from "../../core/ignoring-case";
import { elapsed, type Clock } from "../../core/clock";
import { ProblemError } from "../../core/problem";
import { printable } from "../../core/printable";
import type { Deadline } from "../wire/deadline";
import { remedyFor } from "../stage/remedy";
import { nearestFolder, sortFolders, type Folder, type FolderRole, type ListedFolder } from "./folders";
import { FolderSearch } from "./folder-search";
import type { ImapMailbox } from "./mailbox";
import { remedies } from "./remedies";
import type { SentMessage } from "./sent-message";
import { ImapRefusal, type ImapSession } from "./session";

const FIRST_PAUSE_MS = 1_000;
const LONGEST_PAUSE_MS = 10_000;
/** Time that is reserved so that the last search can be finished and reported. */
const RESERVE_MS = 1_000;
/** The number of folders without expected alerts that are searched in each round, in turn. */
const FAR_PER_ROUND = 25;
/** Junk folders may be created with the first junk mail. */
const ROUNDS_PER_LIST = 3;

/** Where the mail is. */
export interface Hit {
  readonly path: string;
  readonly role: FolderRole;
  /** The folder in which it was expected. */
  readonly expected: string;
  readonly uid: number;
}

/** Searches the folders of a mailbox repeatedly. */
export class Search {
  private folders: readonly Folder[] = [];
  private leftOut = 0;
  private nextFar = 0;
  private readonly looks = new Map<string, FolderSearch>();
  private readonly lookedInto = new Set<string>();
  private readonly refused = new Map<string, string>();
  private cutShort = false;

  constructor(
    private readonly session: ImapSession,
    private readonly mailbox: ImapMailbox,
    private readonly sent: SentMessage,
    private readonly clock: Clock,
    private readonly deadline: Deadline,
  ) {}

  /** What was searched and what was not, for the report. */
  get described(): string {
    const names = [...this.lookedInto].map((path) => printable(path, 60));
    const shown = names.slice(0, 12).join(", ");
    const left = this.folders.length - this.lookedInto.size - this.refused.size + this.leftOut;
    return [
      `looked for ${this.sent.messageId} in ${shown || "no folder"}`,
      names.length > 12 ? ` and ${names.length - 12} more` : "",
      left > 0 ? `; ${left} folders were not looked into` : "",
      this.cutShort ? "; the time for all stages ended the wait (`timeout_seconds`)" : "",
      ...[...this.refused].slice(0, 3).map(([path, said]) => `; ${printable(path, 60)} cannot be read: ${said}`),
    ].join("");
  }

  /** Undefined when the time is over. Throws the problem when the expected folder is missing or closed. */
  async untilFound(): Promise<Hit | undefined> {
    const wanted = this.sent.acceptedAt + this.mailbox.waitMs - this.clock.now();
    const possible = this.deadline.remainingMs - RESERVE_MS;
    const endsAt = elapsed(this.clock) + Math.min(wanted, possible);
    this.cutShort = possible < wanted;
    for (let round = 0, pause = FIRST_PAUSE_MS; ; round++, pause = Math.min(pause + FIRST_PAUSE_MS, LONGEST_PAUSE_MS)) {
      if (round % ROUNDS_PER_LIST === 0) await this.list();
      const hit = await this.round();
      if (hit) return hit;
      const left = endsAt - elapsed(this.clock);
      if (left <= 0) return undefined;
      await this.clock.sleep(Math.min(pause, left), this.deadline.signal);
    }
  }

  private async list(): Promise<void> {
    const listed = await this.session.list();
    const { expected, searched, leftOut } = sortFolders(listed, this.expected);
    if (!expected) throw new ProblemError(folderMissing(this.expected, listed));
    this.folders = searched;
    this.leftOut = leftOut;
  }

  private get expected(): string {
    return this.mailbox.folder ?? "INBOX";
  }

  private async round(): Promise<Hit | undefined> {
    const near = this.folders.filter(({ role }) => role !== "other" && role !== "all");
    const archive = this.folders.filter(({ role }) => role === "all" && !this.sentToItself);
    const far = this.folders.filter(({ role }) => role === "other");
    const next = Array.from({ length: Math.min(far.length, FAR_PER_ROUND) }, () => far[this.nextFar++ % far.length]!);
    for (const folder of [...near, ...next, ...archive]) {
      const hit = await this.lookInto(folder);
      if (!hit) continue;
      if (folder.role === "expected") return hit;
      // It may have arrived in both after the first was searched: a copy made by a rule.
      const expected = near.find(({ role }) => role === "expected");
      return (expected && (await this.lookInto(expected))) ?? hit;
    }
    return undefined;
  }

  /** Then the mail in the folder of all messages may be the sent copy. */
  private get sentToItself(): boolean {
    const { from } = this.sent;
    return from !== undefined && sameIgnoringCase(from, this.mailbox.receiver);
  }

  private async lookInto({ path, role }: Folder): Promise<Hit | undefined> {
    try {
      const look = this.looks.get(path) ?? new FolderSearch(this.session, path, this.sent);
      this.looks.set(path, look);
      const uid = await look.again();
      this.lookedInto.add(path);
      this.refused.delete(path);
      return uid === undefined ? undefined : { path, role, expected: this.expected, uid };
    } catch (error) {
      if (!(error instanceof ImapRefusal)) throw error;
      if (role === "expected") {
        const values = { folder: printable(path, 100), username: this.mailbox.username };
        throw new ProblemError(remedyFor(remedies.folderRefused, values, error.said));
      }
      this.refused.set(path, error.said);
      return undefined;
    }
  }
}

function folderMissing(folder: string, listed: readonly ListedFolder[]) {
  const nearest = nearestFolder(folder, listed);
  const shown = listed.slice(0, 12).map(({ path }) => printable(path, 60));
  const folders = [...shown, ...(listed.length > 12 ? [`and ${listed.length - 12} more`] : [])].join(", ");
  const suggestion = nearest === undefined ? "" : `Did you mean "${printable(nearest, 60)}"? `;
  return remedyFor(remedies.folderMissing, { folder, suggestion, folders: folders || "(none)" });
}
