import { prose, setting } from "../../core/prose";
import type { ApiWords } from "../kit/words";

/** The names of this system, and the advice for its refusals. */
export const alertOpsWords: ApiWords = {
  name: "alertops",
  title: "AlertOps",
  login: {
    credential: "the API key",
    setting: "api_key",
    fix: prose`Check ${setting("alertops.api_key")} (ALERTOPS_API_KEY). The key may belong to a user who was removed, and a new one replaces the old one.`,
  },
  rights:
    "Inbound integrations need the entitlement InboundIntegrations_GlobalAccess: the role Owner, App Admin or Integrations Admin.",
  address: "Check that alertops.url leads to the AlertOps API (https://api.alertops.com).",
};
