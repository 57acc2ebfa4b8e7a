import type { WebApp } from "../../kit/simulator/web-app";
import type { WebReply, WebRequest } from "../../kit/simulator/web";
import { parameter } from "../../kit/simulator/request";
import { addMemberRoutes, type AddRoute } from "./member-routes";
import type { UptrendsSimulatorOptions } from "./options";
import { spellings } from "./plural-routes";
import { gone } from "./refusal";
import type { Store } from "./store";
import { attachmentOf, definitionOf, integrationOf } from "./wire";

/** Adds the vendor's routes, each in the singular and in the plural. */
export function addRoutes(api: WebApp, store: Store, options: UptrendsSimulatorOptions): void {
  const add: AddRoute = (method, path, handler) => {
    for (const spelling of spellings(path)) api.route([method], spelling, handler);
  };
  const nothing = (act: (request: WebRequest) => unknown) => (request: WebRequest, reply: WebReply) => {
    act(request);
    return reply.code(204).send();
  };

  add("GET", "/Integration", () => store.integrations.list().map(integrationOf));

  const definition = "/AlertDefinition/:guid";
  add("GET", "/AlertDefinition", () => store.definitions.list().map(definitionOf));
  add("POST", "/AlertDefinition", (request, reply) => reply.code(201).send(definitionOf(store.create(request.body))));
  add("GET", definition, (request) => definitionOf(store.definition(parameter(request, "guid"))));
  add("DELETE", definition, (request, reply) => {
    const found = store.definitions.get(parameter(request, "guid").toLowerCase());
    if (found === undefined) throw gone(404, "alert definition");
    store.delete(found);
    return reply.code(204).send();
  });

  const level = "/AlertDefinition/:guid/EscalationLevel/:level";
  const theLevel = (request: WebRequest) => store.level(parameter(request, "guid"), parameter(request, "level"));
  add("GET", "/AlertDefinition/:guid/EscalationLevel", (request) =>
    store.levelsOf(store.definition(parameter(request, "guid"))).map(({ held }) => held),
  );
  add("GET", level, (request) => theLevel(request).held);
  add("GET", `${level}/Integration`, (request) =>
    store.attachedTo(theLevel(request)).map((one) => attachmentOf(one, options)),
  );
  add("POST", `${level}/Integration`, (request, reply) => {
    const made = store.attach(parameter(request, "guid"), parameter(request, "level"), request.body);
    return reply.code(201).send(attachmentOf(made, options));
  });
  const attachment = `${level}/Integration/:integration`;
  const where = (request: WebRequest) =>
    [parameter(request, "guid"), parameter(request, "level"), parameter(request, "integration")] as const;
  add("GET", attachment, (request) => attachmentOf(store.attached(...where(request)), options));
  add(
    "DELETE",
    attachment,
    nothing((request) => store.detach(store.attached(...where(request)))),
  );
  for (const method of ["PATCH", "PUT"] as const) {
    add(
      method,
      definition,
      nothing((request) => store.update(parameter(request, "guid"), request.body)),
    );
    add(
      method,
      level,
      nothing((request) => store.updateLevel(parameter(request, "guid"), parameter(request, "level"), request.body)),
    );
    add(
      method,
      attachment,
      nothing((request) => store.updateAttachment(...where(request), request.body)),
    );
  }
  addMemberRoutes(add, store);
}
