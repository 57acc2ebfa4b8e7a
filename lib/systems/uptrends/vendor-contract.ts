import type { VendorContract } from "../kit/vendor-contract";

export const contracts: readonly VendorContract[] = [
  {
    format: "openapi",
    files: ["uptrends-v4.json"],
    base: /^\/v4/,
    excused: [
      {
        violation: /properties: (VariableValues|SendOkAlerts|SendReminderAlerts) /,
        because: "the file is of 2022; the vendor's changelog of October 2023 and its own provider have these fields",
      },
    ],
  },
];
