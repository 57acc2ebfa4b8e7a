import { ProblemError } from "../../core/problem";
import type { Context, PrivateState, Resource } from "../../terraform-plugin/resource";
import { createOrTakeOver } from "../kit/adoption";
import { badImportId, vanished } from "../kit/problems";
import { isOfThisState } from "../kit/singleton";
import type { UptrendsClient } from "./client";
import { levelId } from "./ids";
import type { EscalationLevel } from "./contract";
import { noDefinition, noSuchLevel } from "./errors";
import {
  declaredFields,
  LEVEL_FIELDS,
  levelChanges,
  levelFields,
  type FoundLevel,
  type LevelField,
} from "./escalation-level.mapping";
import {
  escalationLevelSchema,
  type EscalationLevelSchema,
  type EscalationLevelState,
} from "./escalation-level.schema";
import { isGuid } from "../kit/guid";
import { warnOfNobody } from "./silence";
import { levelWords } from "./escalation-level.words";

type Ctx = Context<UptrendsClient>;
type State = EscalationLevelState;

/** The place of a level. */
interface Place {
  readonly definition: string;
  readonly level: number;
  readonly id: string;
}

/** The notes beside the state: the former values of the level, and which of them are managed. */
interface Notes {
  found?: FoundLevel;
  managed?: readonly LevelField[];
}

/** `outbound_uptrends_escalation_level`: a level that is edited, and restored on destroy. */
export const escalationLevelResource: Resource<EscalationLevelSchema, UptrendsClient> = {
  schema: escalationLevelSchema,

  plan({ prior, planned, config, private: notes }) {
    if (prior === null || planned === null || config === null) return;
    const { found = {}, managed = [] } = notes as Notes;
    // A field that is no longer declared is restored; one that never was stays.
    for (const name of managed) {
      if (config[name] === null) (planned as Record<string, unknown>)[name] = found[name] ?? prior[name];
    }
  },

  async create({ planned, config, private: notes, save, ownership }, context) {
    const place = placeOf(planned);
    const { definition, level, id } = place;
    // Checked first: while another address restores the level, it does not show its former values yet.
    const isOurs = await isOfThisState(ownership, id);
    const held = await theLevel(definition, level, context);
    const state = (one: EscalationLevel) => stateOf(one, planned);
    const edit = (one: EscalationLevel) => {
      const back = noteManaged(notes, one, declaredFields(config));
      return write(place, one, { ...levelFieldsOf(planned), ...back }, context);
    };
    const taken = await createOrTakeOver(
      {
        words: levelWords,
        name: id,
        idOf: () => id,
        // A level always exists: one that nobody manages is edited without a warning.
        existing: () => Promise.resolve(isOurs ? [held] : []),
        differences: () => [],
        create: () => {
          noteManaged(notes, held, declaredFields(config));
          // From here on there is something to restore.
          save(state(held));
          return edit(held);
        },
        write: edit,
        save: (one) => save(state(one)),
      },
      { ownership, report: context.report },
    );
    return state(taken);
  },

  async read({ prior, private: notes, imported }, context) {
    const { client, signal } = context;
    const { definition, level, id } = placeOf(prior);
    const held = await client.below(definition, () => client.levels(definition).find(id, context), signal);
    if (held === undefined) return null;
    if (imported) noteManaged(notes, held, []);
    else await warnOfNobody({ definition, level, enabled: held.IsActive ?? null }, context);
    return stateOf(held, prior);
  },

  async update({ planned, config, private: notes }, context) {
    const { client, signal } = context;
    const place = placeOf(planned);
    const { definition, id } = place;
    const held = await client.below(definition, () => client.levels(definition).find(id, context), signal);
    if (held === undefined) throw new ProblemError(vanished(levelWords, { id }));
    noteManaged(notes, held, declaredFields(config));
    return stateOf(await write(place, held, levelFieldsOf(planned), context), planned);
  },

  async delete({ prior, private: notes }, context) {
    const { client, signal } = context;
    const place = placeOf(prior);
    const { definition, id } = place;
    await client.below(
      definition,
      async () => {
        const held = await client.levels(definition).find(id, context);
        const { found = {}, managed = [] } = notes as Notes;
        if (held !== undefined) await write(place, held, only(managed, found), context);
      },
      signal,
    );
  },

  import: (id) => {
    const [definition = "", level = "", ...rest] = id.split("/");
    if (!isGuid(definition) || !/^[1-9]\d*$/.test(level) || rest.length > 0) {
      throw new ProblemError(badImportId(levelWords, id));
    }
    return { id, alert_definition_id: definition, level: Number(level) };
  },
};

/** @throws ProblemError `uptrends/no-such-definition`, `uptrends/no-such-level` naming those there are */
export async function theLevel(definition: string, level: number, { client, signal }: Ctx): Promise<EscalationLevel> {
  const levels = client.levels(definition);
  const known = await client.below(definition, () => levels.list(signal), signal);
  if (known === undefined) throw new ProblemError(noDefinition(definition));
  const found = await levels.find(levelId(definition, level), { signal });
  if (found !== undefined) return found;
  throw new ProblemError(
    noSuchLevel(
      level,
      known.map((one) => one.Id),
    ),
  );
}

/** Writes only what differs, so that nothing else is touched. */
function write(
  { definition, id }: Place,
  held: EscalationLevel,
  wanted: FoundLevel,
  { client, signal }: Ctx,
): Promise<EscalationLevel> {
  const body = levelChanges(held, wanted);
  if (Object.keys(body).length === 0) return Promise.resolve(held);
  // Repeating it does no harm.
  const request = { method: "PATCH", retry: "safe", body } as const;
  const levels = client.levels(definition);
  const differences = (one: EscalationLevel) => notAsSent(one, body);
  return client.inTurn({ definition }, async () => {
    const changed = await levels.change({ id }, request, differences, signal);
    // The next run reads the list, which may be older than the level itself.
    await levels.listed(id, (one) => differences(one).length === 0, signal);
    return changed;
  });
}

/**
 * Records the former values of fields that become managed.
 *
 * @returns the fields that are no longer managed, with their former values
 */
function noteManaged(notes: PrivateState, held: EscalationLevel, now: readonly LevelField[]): FoundLevel {
  const { found = {}, managed = [] } = notes as Notes;
  const taken: Notes = { found: { ...levelFields(held), ...only(managed, found) }, managed: now };
  Object.assign(notes, taken);
  return only(
    managed.filter((name) => !now.includes(name)),
    found,
  );
}

const only = (names: readonly LevelField[], found: FoundLevel): FoundLevel =>
  Object.fromEntries(LEVEL_FIELDS.filter((name) => names.includes(name)).map((name) => [name, found[name]]));

const levelFieldsOf = (state: State): FoundLevel => only(LEVEL_FIELDS, state);

const placeOf = ({ alert_definition_id: definition, level }: State): Place => ({
  definition,
  level,
  id: levelId(definition, level),
});

function stateOf(held: EscalationLevel, prior: State): State {
  return { ...prior, ...levelFields(held), id: levelId(prior.alert_definition_id, prior.level) };
}

/** The fields that differ from those sent, for people; null and an empty text are the same. */
function notAsSent(held: object, sent: object): string[] {
  const shown = held as Readonly<Record<string, unknown>>;
  return Object.entries(sent)
    .filter(([name, value]) => (shown[name] ?? "") !== (value ?? ""))
    .map(([name]) => `${name} is ${JSON.stringify(shown[name] ?? null)}`);
}
