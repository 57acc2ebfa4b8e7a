import { ProblemError } from "../../core/problem";
import type { ObjectOwnership } from "../../terraform-plugin/ownership/address";
import type { Context, PrivateState, Resource } from "../../terraform-plugin/resource";
import type { ResourceSchema, StateOf } from "../../terraform-plugin/schema";
import { createOrTakeOver, type Creation } from "../kit/adoption";
import { adopted, badImportId } from "../kit/problems";
import type { ObjectWords } from "../kit/words";
import type { UptrendsClient } from "./client";
import { noDefinition } from "./errors";
import { theLevel } from "./escalation-level.resource";
import { isGuid } from "../kit/guid";
import { memberId } from "./ids";
import { isAmong, kindsOf, type MemberKind, type MemberPlace, type MemberRef } from "./member-kinds";

/** The attributes that both schemas of members have; exactly one attribute for the kind is set. */
interface MemberState {
  readonly id: string | null;
  readonly alert_definition_id: string;
  readonly level?: number;
}

/** Creates the resource for the members of alert definitions, or of escalation levels. */
export function memberResource<S extends ResourceSchema>(
  schema: S,
  words: ObjectWords,
  of: "definition" | "level",
): Resource<S, UptrendsClient> {
  const kinds = kindsOf(of);
  // Both schemas have these attributes; their checks ensure exactly one kind.
  const whichOf = (state: StateOf<S>) => which(state as unknown as MemberState & Record<string, unknown>, kinds);

  return {
    schema,

    async create({ planned, private: notes, save, ownership }, context) {
      const { place, member, id } = whichOf(planned);
      if (place.level !== undefined) await theLevel(place.definition, place.level, context);
      const state = { ...planned, id };
      const wanted = { words, place, member, id, notes, ownership, save: () => save(state) };
      await createOrTakeOver(creationOf(wanted, context), { ownership, report: context.report });
      return state;
    },

    async read({ prior }, { client, signal }) {
      const { place, member, id } = whichOf(prior);
      const list = client.members(place);
      const isThere = await client.below(place.definition, () => list.has(member, signal), signal);
      return isThere === true ? { ...prior, id } : null;
    },

    // Only its timeouts can change.
    update: ({ planned }) => Promise.resolve(planned),

    async delete({ prior, private: notes }, { client, signal, log }) {
      const { place, member, id } = whichOf(prior);
      if (notes["found"] === true) {
        log.info("the member was there before: it stays", { id });
        return;
      }
      const list = client.members(place);
      await client.inTurn(place, () =>
        client.below(place.definition, () => list.remove(member, { name: id, id }, signal), signal),
      );
    },

    import(id) {
      const told = parsed(id, of, kinds);
      if (told === undefined) throw new ProblemError(badImportId(words, id));
      // The cast is as above.
      return told as unknown as Partial<StateOf<S>>;
    },
  };
}

interface WantedMember {
  readonly words: ObjectWords;
  readonly place: MemberPlace;
  readonly member: MemberRef;
  readonly id: string;
  readonly notes: PrivateState;
  readonly ownership: ObjectOwnership;
  readonly save: () => void;
}

/** How a member is added, or an existing one taken over. */
function creationOf(
  { words, place, member, id, notes, ownership, save }: WantedMember,
  { client, signal, report }: Context<UptrendsClient>,
): Creation<MemberRef> {
  const ref = { name: id, id };
  const list = client.members(place);
  return {
    words,
    name: id,
    idOf: () => id,
    async existing() {
      const now = await client.below(place.definition, () => list.now(signal), signal);
      if (now === undefined) throw new ProblemError(noDefinition(place.definition));
      const isThere = isAmong(now, member);
      // An outdated list may lack a member that moves from another address.
      const passes = !isThere && ownership.passing().some((one) => one.id === id);
      return isThere || (passes && (await list.shows(member, signal))) ? [member] : [];
    },
    differences: () => [],
    async create() {
      const made = await client.inTurn(place, () => list.add(member, ref, signal));
      if (!made) {
        notes["found"] = true;
        report(adopted(words, ref));
      }
      save();
      await list.settled(member, ref, signal);
      return member;
    },
    write(one, _, origin) {
      if (origin === "stranger") notes["found"] = true;
      return Promise.resolve(one);
    },
    save,
  };
}

function which(state: MemberState & Record<string, unknown>, kinds: readonly MemberKind[]) {
  const { alert_definition_id: definition, level } = state;
  const kind = kinds.find((one) => typeof state[`${one}_id`] === "string")!;
  const member = { kind, guid: state[`${kind}_id`] as string };
  const place: MemberPlace = level === undefined ? { definition } : { definition, level };
  return { place, member, id: memberId(place, member) };
}

function parsed(id: string, of: "definition" | "level", kinds: readonly MemberKind[]) {
  const parts = id.split("/");
  const [definition = "", level = "", word, guid = "", ...rest] =
    of === "level" ? parts : [parts[0], "1", ...parts.slice(1)];
  const kind = kinds.find((one) => one === word);
  if (kind === undefined || rest.length > 0 || !isGuid(definition) || !isGuid(guid) || !/^[1-9]\d*$/.test(level)) {
    return undefined;
  }
  return {
    id: id.toLowerCase(),
    alert_definition_id: definition,
    ...(of === "level" ? { level: Number(level) } : {}),
    [`${kind}_id`]: guid,
  };
}
