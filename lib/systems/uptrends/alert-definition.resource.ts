import { ProblemError } from "../../core/problem";
import type { PrivateState, Resource } from "../../terraform-plugin/resource";
import { createOrTakeOver } from "../kit/adoption";
import { badImportId } from "../kit/problems";
import {
  alertDefinitionSchema,
  type AlertDefinitionSchema,
  type AlertDefinitionState,
} from "./alert-definition.schema";
import type { UptrendsClient } from "./client";
import { definitionId } from "./ids";
import type { AlertDefinition, NewAlertDefinition } from "./contract";
import { sameIgnoringCase } from "../../core/ignoring-case";
import { isGuid } from "../kit/guid";
import { warnOfNoMonitors } from "./silence";
import { definitionWords } from "./alert-definition.words";

type State = AlertDefinitionState;

/** The values that a destroy restores in a definition that existed before. */
type Found = Pick<Partial<NewAlertDefinition>, "AlertName" | "IsActive">;

/** `outbound_uptrends_alert_definition`. */
export const alertDefinitionResource: Resource<AlertDefinitionSchema, UptrendsClient> = {
  schema: alertDefinitionSchema,

  async create({ planned, private: notes, save, ownership }, { client, signal, report }) {
    const { name } = planned;
    const { definitions, givenBack } = client;
    const differences = (one: AlertDefinition) => differing(one, wire(planned));
    const held = await createOrTakeOver(
      {
        words: definitionWords,
        name,
        idOf: definitionId,
        existing: () => namesakes(name, ownership.passing(), client, signal),
        differences,
        adoptExisting: planned.adopt_existing,
        async create() {
          const back = givenBack.size === 0 ? undefined : await anyOf(givenBack, name, client, signal);
          if (back === undefined) {
            const made = await definitions.create(name, { body: wire(planned) }, () => true, signal);
            save(stateOf(made, planned));
            return definitions.settled({ name, id: definitionId(made) }, differences, "creation", signal);
          }
          noteFound(notes, back, planned);
          save(stateOf(back, planned));
          return change(back, wire(planned), client, signal);
        },
        besides: (made) => definitions.besides({ name, id: definitionId(made) }, signal),
        write(one, left, origin) {
          if (origin === "stranger") noteFound(notes, one, planned);
          return left.length === 0 ? Promise.resolve(one) : change(one, wire(planned), client, signal);
        },
        save: (one) => save(stateOf(one, planned)),
      },
      { ownership, report },
    );
    return stateOf(held, planned);
  },

  async read({ prior, imported }, context) {
    const held = await context.client.definitions.find(prior.id!, context);
    if (held === undefined) return null;
    const state = stateOf(held, imported ? { timeouts: prior.timeouts } : prior);
    if (!imported) await warnOfNoMonitors({ ...state, id: prior.id! }, context);
    return state;
  },

  async update({ prior, planned }, { client, signal }) {
    const held = { AlertDefinitionGuid: prior.id!, AlertName: prior.name };
    return stateOf(await change(held, wire(planned), client, signal), planned);
  },

  async delete({ prior, private: notes }, { client, signal, log }) {
    const id = prior.id!;
    const found = notes["found"] as Found | undefined;
    if (found === undefined) {
      await client.definitions.delete({ name: prior.name, id }, signal);
      return;
    }
    const held = await client.definitions.get(id, signal);
    if (held === undefined) return;
    log.info("the alert definition was there before: it is given back as it was found", { id });
    await change(held, found, client, signal);
    client.givenBack.add(keyOf(held));
  },

  import: (id) => {
    if (!isGuid(id)) throw new ProblemError(badImportId(definitionWords, id));
    return { id };
  },
};

/** The definitions of this name; an outdated list may lack one that moves from another address. */
async function namesakes(
  name: string,
  passing: readonly { readonly id: string }[],
  { definitions }: UptrendsClient,
  signal: AbortSignal,
): Promise<AlertDefinition[]> {
  const listed = await definitions.named(name, signal);
  const unlisted = passing.filter(({ id }) => !listed.some((one) => sameIgnoringCase(definitionId(one), id)));
  const found = await Promise.all(unlisted.map(({ id }) => definitions.get(id, signal)));
  return [...listed, ...found.filter((one) => one !== undefined).filter(({ AlertName }) => AlertName === name)];
}

/** Definitions that were restored a moment ago, by the deletion that precedes a creation: they still exist. */
async function anyOf(
  ids: ReadonlySet<string>,
  name: string,
  { definitions }: UptrendsClient,
  signal: AbortSignal,
): Promise<AlertDefinition | undefined> {
  return (await definitions.named(name, signal)).find((one) => ids.has(keyOf(one)));
}

/** Changes only the given fields, and waits until the change shows. */
function change(
  { AlertDefinitionGuid: id, AlertName: name }: AlertDefinition,
  sent: Found,
  { definitions }: UptrendsClient,
  signal: AbortSignal,
): Promise<AlertDefinition> {
  const body = { AlertDefinitionGuid: id, ...sent };
  // Repeating it does no harm.
  const request = { method: "PATCH", retry: "safe", body } as const;
  return definitions.change({ name, id }, request, (one) => differing(one, sent), signal);
}

/** The differing fields; a field that is not shown counts as right. */
function differing(held: AlertDefinition, { AlertName, IsActive }: Found): string[] {
  return [
    ...((held.AlertName ?? AlertName) === AlertName || AlertName === undefined
      ? []
      : [`name is ${JSON.stringify(held.AlertName)}`]),
    ...((held.IsActive ?? IsActive) === IsActive || IsActive === undefined ? [] : [`enabled is ${held.IsActive}`]),
  ];
}

function noteFound(notes: PrivateState, { AlertName, IsActive }: AlertDefinition, planned: State): void {
  notes["found"] = {
    AlertName: AlertName ?? planned.name,
    ...(typeof IsActive === "boolean" ? { IsActive } : {}),
  } satisfies Found;
}

const keyOf = (one: AlertDefinition) => definitionId(one).toLowerCase();
const wire = (planned: State) => ({ AlertName: planned.name, IsActive: planned.enabled });

function stateOf(held: AlertDefinition, prior: Partial<State>): State {
  return {
    id: definitionId(held),
    name: held.AlertName ?? prior.name ?? "",
    enabled: held.IsActive ?? prior.enabled ?? true,
    adopt_existing: prior.adopt_existing ?? false,
    timeouts: prior.timeouts ?? null,
  };
}
