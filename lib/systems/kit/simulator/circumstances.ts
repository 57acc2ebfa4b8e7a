import type { WebApp } from "./web-app";
import type { WebRequest } from "./web";
import type { Clock } from "../../../core/clock";
import type { TableView } from "./table";
import type { Tables } from "./tables";

/**
 * Runs all that a simulator does for a request in its circumstances: what is not a GET may write, and a GET sees what
 * `viewOf` says. To be called before the simulator adds its routes.
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
