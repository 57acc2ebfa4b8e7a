import type { VendorContract } from "../kit/vendor-contract";

export const contracts: readonly VendorContract[] = [
  {
    format: "ovh",
    files: ["ovh-dedicatedcloud-vrops.json"],
    base: /^\/(1\.0|v1)/,
    elsewhere: [/^\/(1\.0|v1)\/auth\/(time|currentCredential)$/, /^\/auth\/oauth2\/token$/],
  },
];
