import type { WebApp } from "./web-app";
import type { WebRequest } from "./web";
import type { Clock } from "../../../core/clock";
import type { TableView } from "./table";
import type { Tables } from "./tables";

/**
 * Runs a simulator's handlers in the circumstances of the request: any method but GET may write, and a GET reads the state
 * that `viewOf` selects. Call it before the simulator adds its routes.
 */
export function addCircumstances(
  app: WebApp,
  tables: Tables,
  clock: Clock,
  viewOf: (request: WebRequest) => TableView | undefined = () => undefined,
): void {
  app.addHook("preHandler", (request, _reply, done) => {
    const view = viewOf(request);
    if (view !== undefined) tables.reading(view, done);
    else if (request.method === "GET") done();
    else tables.writing({ at: clock.now(), foreign: false }, done);
  });
}
