import type { Resource } from "../../terraform-plugin/resource";
import { EVERYWHERE } from "../kit/realm";
import { defineSettings } from "../kit/settings";
import type { System } from "../kit/system";
import type { KsaarClient } from "./client";
import { smtpConnectionResource } from "./smtp-connection.resource";
import { topology } from "./topology";

/** Nothing says which Ksaar is meant, so there is one for each configuration. */
const noSettings = defineSettings({ attributes: {}, environment: {}, realm: EVERYWHERE });

/**
 * Ksaar. Its public API knows users, applications, workflows and records, and no SMTP connections: there is
 * nothing to log in to, so there are no settings either.
 *
 * @see https://ksaar.gitbook.io/ksaar-documentation/connexions/connexion-a-un-serveur-smtp
 */
export const ksaar: System<typeof noSettings, KsaarClient, "ksaar"> = {
  name: "ksaar",
  title: "Ksaar",
  settings: noSettings,
  async connect(_, { smtpProbe }) {
    const { KsaarClient } = await import("./client");
    return new KsaarClient(smtpProbe);
  },
  resources: [smtpConnectionResource] as unknown as readonly Resource[],
  dataSources: [],
  topology,
  simulator: async () => (await import("./simulator")).createKsaarSimulator,
};
