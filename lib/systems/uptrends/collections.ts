import type { Clock } from "../../core/clock";
import { path } from "../../http/url";
import { Collection } from "../kit/collection";
import type { RestApi } from "../kit/rest-api";
import {
  alertDefinition,
  alertDefinitions,
  escalationLevel,
  escalationLevels,
  integration,
  integrations,
  type AlertDefinition,
  type EscalationLevel,
  type Integration,
} from "./contract";
import { sameIgnoringCase } from "../../core/ignoring-case";
import { attachmentId, definitionId, levelId } from "./ids";
import { definitionWords } from "./alert-definition.words";
import { levelWords } from "./escalation-level.words";
import { attachmentWords } from "./integration-attachment.words";

/** The objects of an account, one collection for each list that Uptrends has. */
export interface Collections {
  readonly definitions: Collection<AlertDefinition>;
  /** The levels of a definition. Ids are those of the resource: `<definition>/<level>`. */
  readonly levels: (definition: string) => Collection<EscalationLevel>;
  /** The integrations on a level. Ids are those of the resource: `<definition>/<level>/<integration>`. */
  readonly attachments: (definition: string, level: number) => Collection<Integration>;
}

/** Missing objects, and objects below a missing definition, are answered with 400 or 403, as is much else. */
const absence = { sure: [404], unsure: [400, 403] };

/** @param learn is called with every integration, for the secrets among its values */
export function collectionsOf(api: RestApi, clock: Clock, learn: (one: Integration) => void): Collections {
  const made = new Map<string, unknown>();
  /** Caches the collection of each place. */
  const once = <T extends object>(place: string, make: () => Collection<T>): Collection<T> => {
    if (!made.has(place)) made.set(place, make());
    // Only one of the two functions below asks for a given place: their places differ in the number of parts.
    return made.get(place) as Collection<T>;
  };
  return {
    definitions: new Collection({
      api,
      clock,
      words: definitionWords,
      path: "/AlertDefinition",
      item: alertDefinition,
      idOf: definitionId,
      nameOf: ({ AlertName }) => AlertName ?? "",
      sameId: sameIgnoringCase,
      list: (signal) =>
        api.read("list the alert definitions", alertDefinitions, { method: "GET", path: "/AlertDefinition", signal }),
      absence,
    }),
    levels: (definition) =>
      once(definition.toLowerCase(), () => {
        const levels = path`/AlertDefinition/${definition}/EscalationLevel`;
        const idOf = ({ Id }: EscalationLevel) => levelId(definition, Id);
        return new Collection({
          api,
          clock,
          words: levelWords,
          path: levels,
          pathOf: (id) => levels + path`/${lastPart(id)}`,
          item: escalationLevel,
          idOf,
          nameOf: idOf,
          list: (signal) =>
            api.read(`list the escalation levels of the alert definition ${definition}`, escalationLevels, {
              method: "GET",
              path: levels,
              signal,
            }),
          absence,
        });
      }),
    attachments: (definition, level) =>
      once(levelId(definition, level), () => {
        const attachments = path`/AlertDefinition/${definition}/EscalationLevel/${level}/Integration`;
        const idOf = ({ IntegrationGuid }: Integration) => attachmentId(definition, level, IntegrationGuid);
        return new Collection({
          api,
          clock,
          words: attachmentWords,
          path: attachments,
          pathOf: (id) => attachments + path`/${lastPart(id)}`,
          item: integration,
          idOf,
          nameOf: idOf,
          list: (signal) =>
            api.read(`list the integrations of the escalation level ${levelId(definition, level)}`, integrations, {
              method: "GET",
              path: attachments,
              signal,
            }),
          learn,
          absence,
        });
      }),
  };
}

const lastPart = (id: string) => id.slice(id.lastIndexOf("/") + 1);
