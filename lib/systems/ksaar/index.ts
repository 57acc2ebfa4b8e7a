import { defineResource, defineSystem } from "../kit/define";
import { EVERYWHERE } from "../kit/realm";
import { defineSettings } from "../kit/settings";
import { demonstration } from "./demonstration";
import { smtpConnectionResource } from "./smtp-connection.resource";
import { topology } from "./topology";
import { smtpConnectionWords } from "./smtp-connection.words";

/** No setting distinguishes one Ksaar from another, so there is one for each configuration. */
const noSettings = defineSettings({ attributes: {}, environment: {}, realm: EVERYWHERE });

/**
 * Ksaar. Its public API covers users, applications, workflows and records, but no SMTP connections: there is nothing to log
 * in to, so there are no settings either.
 *
 * @see https://ksaar.gitbook.io/ksaar-documentation/connexions/connexion-a-un-serveur-smtp/
 */
export const ksaar = defineSystem({
  name: "ksaar",
  title: "Ksaar",
  settings: noSettings,
  async connect(_, { smtpProbe }) {
    const { KsaarClient } = await import("./client");
    return new KsaarClient(smtpProbe);
  },
  checkLogin: { none: "Ksaar has no API to log in to" },
  resources: [defineResource(smtpConnectionResource, { words: smtpConnectionWords, example: "ksaar/main.ts" })],
  platformTest: { none: "Ksaar has no test call" },
  topology,
  inventory: { none: "Ksaar has no API that tells" },
  contracts: { none: "Ksaar has no API for it" },
  survey: { none: "its mail settings are seen on its pages only" },
  demonstration,
  simulator: async () => (await import("./simulator")).createKsaarSimulator,
});
