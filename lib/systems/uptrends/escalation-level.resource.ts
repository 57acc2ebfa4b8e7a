import { ProblemError } from "../../core/problem";
import type { Context, PrivateState, Resource } from "../../terraform-plugin/resource";
import type { UptrendsClient } from "./client";
import type { EscalationLevel } from "./contract";
import { badImportId, noDefinition, noSuchLevel, ownedTwice, vanished } from "./errors";
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
import { guid } from "./guid";

type Ctx = Context<UptrendsClient>;
type State = EscalationLevelState;

/** Kept beside the state: what the level held before, and which of it is managed now. */
interface Notes {
  found?: FoundLevel;
  managed?: readonly LevelField[];
}

/** `outbound_uptrends_escalation_level`: taken over, edited, given back. */
export const escalationLevelResource: Resource<EscalationLevelSchema, UptrendsClient> = {
  schema: escalationLevelSchema,

  plan({ prior, planned, config, private: notes }) {
    if (prior === null || planned === null || config === null) return;
    const { found = {}, managed = [] } = notes as Notes;
    // What is no longer declared goes back to what it was; what never was stays as it is.
    for (const name of managed) {
      if (config[name] === null) (planned as Record<string, unknown>)[name] = found[name] ?? prior[name];
    }
  },

  async create({ planned, config, private: notes, save }, context) {
    const { client } = context;
    const { alert_definition_id: definition, level } = planned;
    const id = levelId(definition, level);
    if (client.claimed.has(id.toLowerCase())) throw new ProblemError(ownedTwice(`escalation level ${id}`));
    client.claimed.add(id.toLowerCase());
    const held = await theLevel(definition, level, context);
    takeNotes(notes, { found: levelFields(held), managed: declaredFields(config) });
    // From here on there is something to give back.
    save(stateOf(held, planned, id));
    return stateOf(await write(held, planned, context), planned, id);
  },

  async read({ prior, private: notes, imported }, { client, signal }) {
    const { alert_definition_id: definition, level } = prior;
    const held = await client.below(definition, () => client.levels.find(definition, level, signal), signal);
    if (held === undefined) return null;
    if (imported) takeNotes(notes, { found: levelFields(held), managed: [] });
    return stateOf(held, prior, prior.id!);
  },

  async update({ prior, planned, config, private: notes }, context) {
    const { client, signal } = context;
    const { alert_definition_id: definition, level } = planned;
    const held = await client.levels.find(definition, level, signal);
    if (held === undefined) throw new ProblemError(vanished(`escalation level ${prior.id}`));
    const { found = {} } = notes as Notes;
    // What was unmanaged until now is found now.
    takeNotes(notes, {
      found: { ...levelFields(held), ...onlyManaged(notes as Notes, found) },
      managed: declaredFields(config),
    });
    return stateOf(await write(held, planned, context), planned, prior.id!);
  },

  async delete({ prior, private: notes }, { client, signal }) {
    const { alert_definition_id: definition, level } = prior;
    if (client.claimed.has(prior.id!.toLowerCase())) return;
    const held = await client.below(definition, () => client.levels.find(definition, level, signal), signal);
    if (held === undefined) return;
    const changes = levelChanges(held, onlyManaged(notes as Notes, (notes as Notes).found ?? {}));
    if (Object.keys(changes).length === 0) return;
    await client.mutex.run(definition, () => client.levels.patch(definition, level, changes, signal));
  },

  import: (id) => {
    const [definition = "", level = "", ...rest] = id.split("/");
    if (guid.check(definition) !== undefined || !/^[1-9]\d*$/.test(level) || rest.length > 0) {
      throw new ProblemError(badImportId(id, "<alert definition>/<level>"));
    }
    return { id, alert_definition_id: definition, level: Number(level) };
  },
};

export const levelId = (definition: string, level: number) => `${definition}/${level}`;

/** @throws ProblemError `uptrends/no-such-definition`, `uptrends/no-such-level` naming those there are */
export async function theLevel(definition: string, level: number, { client, signal }: Ctx): Promise<EscalationLevel> {
  const levels = await client.below(definition, () => client.levels.list(definition, signal), signal);
  if (levels === undefined) throw new ProblemError(noDefinition(definition));
  const found = levels.find((one) => one.Id === level);
  if (found === undefined) {
    throw new ProblemError(
      noSuchLevel(
        level,
        levels.map((one) => one.Id),
      ),
    );
  }
  return found;
}

async function write(held: EscalationLevel, planned: State, { client, signal }: Ctx): Promise<EscalationLevel> {
  const { alert_definition_id: definition, level } = planned;
  const changes = levelChanges(held, planned);
  if (Object.keys(changes).length === 0) return held;
  return client.mutex.run(definition, () => client.levels.patch(definition, level, changes, signal));
}

function takeNotes(notes: PrivateState, taken: Notes): void {
  Object.assign(notes, taken);
}

function onlyManaged({ managed = [] }: Notes, found: FoundLevel): FoundLevel {
  return Object.fromEntries(LEVEL_FIELDS.filter((name) => managed.includes(name)).map((name) => [name, found[name]]));
}

function stateOf(held: EscalationLevel, prior: State, id: string): State {
  return { ...prior, ...levelFields(held), id };
}
