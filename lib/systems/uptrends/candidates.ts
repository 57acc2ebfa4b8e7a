import { Snapshot } from "../../http/snapshot";
import type { RestApi } from "../kit/rest-api";
import { sharedReading } from "../kit/words";
import { listedMembers } from "./contract";
import { KINDS_OF_MEMBERS, MEMBER_KINDS, type MemberRef, type MemberKind } from "./member-kinds";
import { uptrendsWords } from "./words";

/** A possible member: a monitor, an operator or a group of either. */
export interface Candidate extends MemberRef {
  /** The name; of a group its description, of an operator the full name. */
  readonly name: string;
}

/** The lists of all possible members, each read once in a run: this provider changes none of them. */
export function candidatesOf(api: RestApi): ReadonlyMap<MemberKind, Snapshot<readonly Candidate[]>> {
  return new Map(
    KINDS_OF_MEMBERS.map((kind) => {
      const { segment, guid, kind: word } = MEMBER_KINDS[kind];
      const list = async (signal: AbortSignal): Promise<readonly Candidate[]> => {
        const request = { method: "GET", path: `/${segment}`, signal } as const;
        const listed = await api.read(`list the ${word}s`, listedMembers, request);
        return listed.flatMap((one) => {
          const name = one.FullName ?? one.Description ?? one.Name ?? "";
          const id = one[guid];
          return id ? [{ kind, guid: id, name }] : [];
        });
      };
      return [kind, new Snapshot(list, sharedReading(uptrendsWords))];
    }),
  );
}
