import type { Table } from "../../kit/simulator/table";
import type { Tables } from "../../kit/simulator/tables";
import { MEMBER_KINDS, memberKey, type MemberRef, type MemberKind, type MemberPlace } from "../member-kinds";
import type { UptrendsSimulatorOptions } from "./options";
import { gone, invalid } from "./refusal";

/** A possible member: a monitor, an operator or a group of either. */
export interface StoredCandidate {
  readonly kind: MemberKind;
  readonly guid: string;
  readonly name: string;
  readonly email?: string;
  /** The GUIDs of the groups that contain it. */
  readonly groups: readonly string[];
  /** Whether it is the group that contains everything. */
  readonly all: boolean;
}

export interface StoredMember extends MemberPlace, MemberRef {}

/** The monitors, operators and groups, and the members of alert definitions and escalation levels. */
export class MemberStore {
  private readonly candidates: Table<StoredCandidate>;
  /** Rows by place and member: "<guid>/monitor/<guid>", "<guid>/1/operator/<guid>". */
  readonly members: Table<StoredMember>;

  constructor(
    tables: Tables,
    private readonly options: UptrendsSimulatorOptions,
    private readonly newGuid: () => string,
  ) {
    this.candidates = tables.table();
    this.members = tables.table();
    tables.seed(() => {
      this.seed("monitor", "All monitors", options.monitors);
      this.seed("operator", "All operators", options.operators);
    });
  }

  private seed(
    kind: "monitor" | "operator",
    everything: string,
    rows: readonly { readonly name: string; readonly email?: string; readonly groups: readonly string[] }[],
  ): void {
    const group = `${kind}_group` as const;
    const all = this.add(group, everything, { all: true });
    const named = new Map(
      [...new Set(rows.flatMap(({ groups }) => groups))].map((name) => [name, this.add(group, name).guid]),
    );
    for (const { name, email, groups } of rows) {
      this.add(kind, name, {
        ...(email === undefined ? {} : { email }),
        groups: [all.guid, ...groups.map((one) => named.get(one)!)],
      });
    }
  }

  /** Adds a monitor, an operator or a group by hand: the API for this is not simulated. */
  add(kind: MemberKind, name: string, more: Partial<StoredCandidate> = {}): StoredCandidate {
    const guid = this.newGuid();
    return this.candidates.set(guid, { kind, guid, name, groups: [], all: false, ...more });
  }

  listed(kind: MemberKind): StoredCandidate[] {
    return this.candidates.list((one) => one.kind === kind);
  }

  candidate(kind: MemberKind, guid: string): StoredCandidate {
    const found = this.candidates.get(guid.toLowerCase());
    if (found?.kind !== kind) throw gone(404, MEMBER_KINDS[kind].kind);
    return found;
  }

  nameOf({ kind, guid }: MemberRef): string {
    return this.candidate(kind, guid).name;
  }

  of(place: MemberPlace): StoredMember[] {
    return this.members.list(({ definition, level }) => definition === place.definition && level === place.level);
  }

  join(place: MemberPlace, kind: MemberKind, guid: string): StoredMember {
    const member = { ...place, kind, guid: this.candidate(kind, guid).guid };
    const key = storedMemberKey(member);
    if (this.members.get(key) !== undefined && this.options.memberTwice === "refused") {
      throw invalid(`${MEMBER_KINDS[kind].guid}: the ${MEMBER_KINDS[kind].kind} is a member already`);
    }
    return this.members.set(key, member);
  }

  leave(place: MemberPlace, kind: MemberKind, guid: string): void {
    if (!this.members.delete(storedMemberKey({ ...place, kind, guid }))) throw gone(404, "member");
  }

  /** Removes the members of a removed definition. */
  forget(definition: string): void {
    for (const member of this.members.list((one) => one.definition === definition)) {
      this.members.delete(storedMemberKey(member));
    }
  }

  /** The monitors that a definition alerts for: its own, and those in its groups. */
  watched(definition: string): StoredCandidate[] {
    return this.within({ definition }, "monitor");
  }

  /** The operators of a level, by themselves or by a group. */
  told(definition: string, level: number): StoredCandidate[] {
    return this.within({ definition, level }, "operator");
  }

  private within(place: MemberPlace, kind: "monitor" | "operator"): StoredCandidate[] {
    const guids = new Set(this.of(place).map(({ guid }) => guid));
    return this.listed(kind).filter(({ guid, groups }) => guids.has(guid) || groups.some((one) => guids.has(one)));
  }
}

export function storedMemberKey({ definition, level, ...member }: StoredMember): string {
  return `${definition}/${level === undefined ? "" : `${level}/`}${memberKey(member)}`;
}
