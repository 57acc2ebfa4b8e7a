import { parameter, query } from "../../kit/simulator/request";
import type { WebApp } from "../../kit/simulator/web-app";
import type { RuleStore } from "./rule-store";

/** Adds the routes of the notification rules. */
export function addRuleRoutes(api: WebApp, rules: RuleStore): void {
  api.get("/notifications/rules", (request) => {
    const { page = "0", pageSize = "1000" } = query(request);
    return rules.list(Number(page), Number(pageSize));
  });
  api.get("/notifications/rules/:id", (request) => rules.get(parameter(request, "id")));
  api.post("/notifications/rules", (request, reply) => reply.code(201).send(rules.create(request.body)));
  api.put("/notifications/rules", (request) => rules.update(request.body));
  api.delete("/notifications/rules/:id", (request, reply) => {
    rules.rules.delete(rules.get(parameter(request, "id")).id);
    return reply.code(204).send();
  });
}
