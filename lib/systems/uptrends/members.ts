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

/** How long to repeat readings of a list that does not show what should be there. */
const BEHIND_MS = 5_000;
/** How long Uptrends may take to show a member that it has added. */
const APPEARS_MS = 60_000;
/**
 * The statuses of a refusal that may mean that nothing had to be changed: the interface does not document its answer then.
 */
const MAYBE_SO_ALREADY = [400, 403, 404, 409];
const NONE = "00000000-0000-0000-0000-000000000000";

/**
 * The members of one definition or level. The API lists all of them, but reads none by itself: an outdated list is read
 * twice.
 */
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

  /** The members from the reading that a run shares. */
  list(signal: AbortSignal): Promise<readonly MemberRef[]> {
    return this.snapshot.get(signal);
  }

  /** Whether a member exists; reads again where the shared reading lacks it, because that may be outdated. */
  async has(member: MemberRef, signal: AbortSignal): Promise<boolean> {
    return isAmong(await this.list(signal), member) || isAmong(await this.now(signal), member);
  }

  /** The present members; use it before a write, because another writer may have changed them. */
  now(signal: AbortSignal): Promise<readonly MemberRef[]> {
    this.snapshot.invalidate();
    return this.snapshot.get(signal);
  }

  /** Whether an expected member shows; repeats the reading for a while. */
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
   * Adds a member; then wait until it is {@link settled}. False when somebody else has added it since the check.
   *
   * @throws CallError for a refusal
   */
  async add(member: MemberRef, ref: ObjectRef, signal: AbortSignal): Promise<boolean> {
    try {
      const doing = `create ${theObject(this.words, ref)}`;
      await this.writing(doing, { method: "POST", path: this.pathOf(member), signal });
      return true;
    } catch (error) {
      if (!(error instanceof CallError)) throw error;
      // After a lost reply, or "is a member already", the present members decide. The first error is more informative than a
      // failed check.
      const isThere = (within: number) => this.shows(member, signal, within).catch(() => false);
      if (error.mayHaveHappened && (await isThere(BEHIND_MS))) return true;
      if (MAYBE_SO_ALREADY.includes(error.status ?? 0) && (await isThere(0))) return false;
      throw error;
    }
  }

  /** @throws ProblemError `…/not-shown` when Uptrends reported success, but does not show it */
  async settled(member: MemberRef, ref: ObjectRef, signal: AbortSignal): Promise<void> {
    if (!(await this.shows(member, signal, APPEARS_MS))) throw new ProblemError(notShown(this.words, ref));
  }

  /**
   * Removes a member and checks that it is gone.
   *
   * @throws ProblemError `…/not-gone` when Uptrends reported success, but keeps showing it, `…/deletion-unknown` when the
   * check failed
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
      // The caller finds out whether the definition is gone.
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

/** The members of an answer. The fields of the other kinds are absent, null, empty or a GUID of zeros. */
function membersIn(answer: MemberAnswer, kinds: readonly MemberKind[]): MemberRef[] {
  return kinds.flatMap((kind) => {
    const guid = answer[MEMBER_KINDS[kind].guid];
    return guid && guid !== NONE ? [{ kind, guid }] : [];
  });
}
