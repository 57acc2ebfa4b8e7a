import type { WebReply, WebRequest } from "../../kit/simulator/web";
import { parameter } from "../../kit/simulator/request";
import { KINDS_OF_MEMBERS, MEMBER_KINDS, type MemberKind } from "../member-kinds";
import type { MemberPlace } from "../member-kinds";
import type { Store } from "./store";
import { candidateOf, joinedOf, memberOf } from "./wire";

/** Adds a route in all its spellings. */
export type AddRoute = (
  method: "GET" | "POST" | "PUT" | "PATCH" | "DELETE",
  path: string,
  handler: (request: WebRequest, reply: WebReply) => unknown,
) => void;

/** Adds the routes of monitors, operators and their groups, which are only read here, and of memberships. */
export function addMemberRoutes(add: AddRoute, store: Store): void {
  const { members } = store;
  const definition = (request: WebRequest): MemberPlace => ({
    definition: store.definition(parameter(request, "guid")).guid,
  });
  const level = (request: WebRequest): MemberPlace => {
    const { definition: guid, held } = store.level(parameter(request, "guid"), parameter(request, "level"));
    return { definition: guid, level: held.Id };
  };
  for (const [path, placeOf] of [
    ["/AlertDefinition/:guid/Member", definition],
    ["/AlertDefinition/:guid/EscalationLevel/:level/Member", level],
  ] as const) {
    add("GET", path, (request) => members.of(placeOf(request)).map(memberOf));
  }
  for (const kind of KINDS_OF_MEMBERS) {
    const { segment, of } = MEMBER_KINDS[kind];
    const [path, placeOf] =
      of === "definition"
        ? (["/AlertDefinition/:guid/Member", definition] as const)
        : (["/AlertDefinition/:guid/EscalationLevel/:level/Member", level] as const);
    add("POST", `${path}/${segment}/:member`, (request, reply) =>
      reply.code(201).send(joinedOf(members.join(placeOf(request), kind, parameter(request, "member")))),
    );
    add("DELETE", `${path}/${segment}/:member`, (request, reply) => {
      members.leave(placeOf(request), kind, parameter(request, "member"));
      return reply.code(204).send();
    });
    addCandidateRoutes(add, store, kind, segment);
  }
}

function addCandidateRoutes(add: AddRoute, { members }: Store, kind: MemberKind, segment: string): void {
  add("GET", `/${segment}`, () => members.listed(kind).map(candidateOf));
  add("GET", `/${segment}/:guid`, (request) => candidateOf(members.candidate(kind, parameter(request, "guid"))));
}
