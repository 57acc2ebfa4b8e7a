import { WebApp } from "../../lib/systems/kit/simulator/web-app";
import { systemClock, type Clock } from "../../lib/core/clock";
import { addCircumstances } from "../../lib/systems/kit/simulator/circumstances";
import type { CreateSimulator, Network, Simulator } from "../../lib/systems/kit/simulator/simulation";

/** A simulator on a real port of 127.0.0.1. */
export interface Simulated {
  readonly url: string;
  readonly simulator: Simulator;
  readonly network: Network;
  /** For hooks that lose replies or delay them. Already listening: add routes in `prepare`. */
  readonly app: WebApp;
  /** Every request that arrived, in order: `GET /1.0/auth/time`. */
  readonly requests: string[];
  close(): Promise<void>;
}

export interface SimulatedOptions {
  /** `World.options`: `{ ovh: { services: ["pcc-192-0-2-10"] } }`. */
  readonly options?: Readonly<Record<string, unknown>>;
  readonly clock?: Clock;
  readonly network?: Network;
  /** Runs before the simulator's routes are added: hooks registered here see every request first. */
  prepare?(app: WebApp): void;
}

/** Mounts one simulator by itself, as the sandbox would. */
export async function startSimulated(create: CreateSimulator, options: SimulatedOptions = {}): Promise<Simulated> {
  const network = options.network ?? memoryNetwork();
  const simulator = create({
    clock: options.clock ?? systemClock,
    network,
    random: () => 0.5,
    options: options.options ?? {},
  });
  const app = new WebApp();
  const requests: string[] = [];
  app.addHook("onRequest", async (request) => {
    requests.push(`${request.method} ${request.url}`);
  });
  options.prepare?.(app);
  addCircumstances(app, simulator.tables, options.clock ?? systemClock);
  simulator.register(app);
  const url = await app.listen({ host: "127.0.0.1", port: 0 });
  return {
    url,
    simulator,
    network,
    app,
    requests,
    close: async () => {
      await simulator.close?.();
      await app.close();
    },
  };
}

/** Closed unless opened. */
export function memoryNetwork(): Network {
  const flows = new Set<string>();
  const key = (platform: string, ip: string, port: number) => `${platform} ${ip}:${port}`;
  return {
    open: (platform, ip, port) => void flows.add(key(platform, ip, port)),
    close: (platform, ip, port) => void flows.delete(key(platform, ip, port)),
    allows: (platform, ip, port) => flows.has(key(platform, ip, port)),
  };
}
