import type { WebApp } from "../kit/simulator/web-app";
import type { CreateSimulator, Simulator } from "../kit/simulator/simulation";
import { Tables } from "../kit/simulator/tables";
import { page } from "./simulator/page";
import { KsaarScreen } from "./simulator/screen";

/**
 * Simulates Ksaar. There is no API to imitate, only a screen, on which a person (an intervention) enters connections, tests
 * them and sends through them, and an API that knows nothing of SMTP, like the real one.
 */
export const createKsaarSimulator: CreateSimulator = (): Simulator => {
  const tables = new Tables();
  const screen = new KsaarScreen(tables.table());
  return {
    system: "ksaar",
    tables,

    register(app: WebApp) {
      app.get("/", (_, reply) => reply.type("text/html").send(page(screen.shown())));
      app.setNotFoundHandler((request, reply) =>
        reply.code(404).send({ message: `Cannot ${request.method} ${request.url}` }),
      );
    },

    /** The provider never calls Ksaar, so it needs no variables. */
    environment: () => ({}),
    snapshot: () => ({ connections: screen.shown() }),
    /** Always made by people. */
    objects: () =>
      screen.shown().map((settings) => ({
        type: "outbound_ksaar_smtp_connection",
        id: String(settings["name"]),
        name: String(settings["name"]),
        foreign: true,
        settings,
      })),
    connectivity: () => ({ outlets: screen.outlets() }),
    interventions: {
      /** `{ name, sender, replyTo?, host, port, authentication, user?, password?, secure, default?, ca? }` */
      "enter-connection": (argument) => screen.enter(argument),
      /** `{ name }` */
      "delete-connection": (argument) => screen.remove(argument),
      /** `{ name }`: Ksaar's own button; answers yes or no. */
      "test-connection": (argument) => screen.test(argument),
      /** `{ name?, to, subject, text }`: a mail action of a workflow; without a name it uses the default connection. */
      "send-mail": (argument) => screen.send(argument),
    },
  };
};
