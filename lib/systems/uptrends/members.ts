import type { Clock } from "../../core/clock";
import { ProblemError } from "../../core/problem";
import { Snapshot } from "../../http/snapshot";
import type { HttpRequest } from "../../http/types";
import { path } from "../../http/url";
import { deletionUnknown, notGone, notShown } from "../kit/problems";
import { readBack } from "../kit/read-back";
import { CallError, type RestApi } from "../kit/rest-api";
import { vendorText } from "../kit/vendor-text";
import { sharedReading, theObject, type ObjectRef, type ObjectWords } from "../kit/words";
import { members, type MemberAnswer } from "./contract";
import { isAmong, kindsOf, MEMBER_KINDS, type MemberRef, type MemberKind, type MemberPlace } from "./member-kinds";
import { uptrendsWords } from "./words";

/** How long a list is looked at again that does not show what should be there. */
const BEHIND_MS = 5_000;
/** How long Uptrends may go on not showing what it said to have added. */
const APPEARS_MS = 60_000;
/** What is refused may be so because it is already as wanted: the interface does not say how it answers then. */
const MAYBE_SO_ALREADY = [400, 403, 404, 409];
const NONE = "00000000-0000-0000-0000-000000000000";

/** The members of one place. There is a call for all of them, and none for one: a list that may be behind is read twice. */
export class MemberList {
  private readonly snapshot: Snapshot<readonly MemberRef[]>;
  private readonly path: string;

  constructor(
    private readonly api: RestApi,
    private readonly clock: Clock,
    private readonly words: ObjectWords,
    { definition, level }: MemberPlace,
  ) {
    const base = path`/AlertDefinition/${definition}`;
    this.path = level === undefined ? `${base}/Member` : base + path`/EscalationLevel/${level}/Member`;
    const of = level === undefined ? `alert definition ${definition}` : `escalation level ${definition}/${level}`;
    const kinds = kindsOf(level === undefined ? "definition" : "level");
    this.snapshot = new Snapshot(async (signal) => {
      const listed = await api.read(`list the members of the ${of}`, members, {
        method: "GET",
        path: this.path,
        signal,
      });
      return listed.flatMap((one) => membersIn(one, kinds));
    }, sharedReading(uptrendsWords));
  }

  /** From a reading that a run shares. */
  list(signal: AbortSignal): Promise<readonly MemberRef[]> {
    return this.snapshot.get(signal);
  }

  /** Read anew where the shared reading does not have it: that may be an old one. */
  async has(member: MemberRef, signal: AbortSignal): Promise<boolean> {
    return isAmong(await this.list(signal), member) || isAmong(await this.now(signal), member);
  }

  /** As it is now: before a write, somebody else may have been faster. */
  now(signal: AbortSignal): Promise<readonly MemberRef[]> {
    this.snapshot.invalidate();
    return this.snapshot.get(signal);
  }

  /** Whether it is there, looked at for a while: of one that should be. */
  async shows(member: MemberRef, signal: AbortSignal, withinMs = BEHIND_MS): Promise<boolean> {
    const { clock } = this;
    return (
      await readBack(
        { clock, signal, withinMs },
        () => this.now(signal),
        (all) => isAmong(all, member),
      )
    ).right;
  }

  /**
   * Adds a member; then see it {@link settled}. False when somebody has done so since it was looked at.
   *
   * @throws CallError for what Uptrends refuses
   */
  async add(member: MemberRef, ref: ObjectRef, signal: AbortSignal): Promise<boolean> {
    try {
      const doing = `create ${theObject(this.words, ref)}`;
      await this.writing(doing, { method: "POST", path: this.pathOf(member), signal });
      return true;
    } catch (error) {
      if (!(error instanceof CallError)) throw error;
      // A lost reply, or "is a member already": what is there now tells. What went wrong at first says more than a failed look.
      const isThere = (within: number) => this.shows(member, signal, within).catch(() => false);
      if (error.mayHaveHappened && (await isThere(BEHIND_MS))) return true;
      if (MAYBE_SO_ALREADY.includes(error.status ?? 0) && (await isThere(0))) return false;
      throw error;
    }
  }

  /** @throws ProblemError `…/not-shown` when Uptrends said yes, but goes on without it */
  async settled(member: MemberRef, ref: ObjectRef, signal: AbortSignal): Promise<void> {
    if (!(await this.shows(member, signal, APPEARS_MS))) throw new ProblemError(notShown(this.words, ref));
  }

  /**
   * Takes a member away and sees it gone.
   *
   * @throws ProblemError `…/not-gone` when Uptrends said yes, but goes on showing it, `…/deletion-unknown` when nobody
   * could look
   */
  async remove(member: MemberRef, ref: ObjectRef, signal: AbortSignal): Promise<void> {
    const { clock, words } = this;
    const doing = `delete ${theObject(words, ref)}`;
    const request = { method: "DELETE", path: this.pathOf(member), accept: MAYBE_SO_ALREADY, signal } as const;
    const response = await this.snapshot.whileWriting(() => this.api.call(doing, request));
    const refused = response.status >= 300;
    const isGone = (all: readonly MemberRef[]) => !isAmong(all, member);
    const { right } = await readBack(
      { clock, signal, ...(refused ? { withinMs: 0 } : {}) },
      () => this.now(signal),
      isGone,
    ).catch((error: unknown) => {
      // A definition that is gone is told by whoever asks for it.
      if (signal.aborted || !(error instanceof ProblemError) || error instanceof CallError) throw error;
      throw new ProblemError(deletionUnknown(words, ref, error.problems.map(({ summary }) => summary).join("; ")));
    });
    if (!right && refused) throw this.api.refusal(doing, response);
    if (!right) throw new ProblemError(notGone(words, ref, vendorText(response)));
  }

  private writing(doing: string, request: HttpRequest) {
    return this.snapshot.whileWriting(() => this.api.write(doing, request));
  }

  private pathOf({ kind, guid }: MemberRef): string {
    return this.path + path`/${MEMBER_KINDS[kind].segment}/${guid}`;
  }
}

/** The fields of the other kinds are absent, null, empty or a GUID of zeros. */
function membersIn(answer: MemberAnswer, kinds: readonly MemberKind[]): MemberRef[] {
  return kinds.flatMap((kind) => {
    const guid = answer[MEMBER_KINDS[kind].guid];
    return guid && guid !== NONE ? [{ kind, guid }] : [];
  });
}
