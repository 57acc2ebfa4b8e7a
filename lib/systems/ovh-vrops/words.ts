import type { ApiWords } from "../kit/words";

/** The names of this system, and the advice for its refusals. */
export const ovhWords: ApiWords = {
  name: "ovh",
  title: "OVHcloud",
  login: {
    credential: "the login",
    setting: "endpoint",
    fix: "Check the attributes of `ovh` (the variables OVH_…, ovh.conf): endpoint and credential must be of the same region.",
  },
  rights: "Give the application or the service account the rights to read and change outgoing flows of the service.",
  address: "Check that ovh.endpoint is an OVHcloud API.",
};
