import type { VendorContract } from "../kit/vendor-contract";

export const contracts: readonly VendorContract[] = [
  {
    format: "openapi",
    files: ["uptrends-v4.json"],
    base: /^\/v4/,
    // The file lacks monitors and their groups; the vendor's own provider lists them here.
    elsewhere: [/^\/v4\/Monitor(Group)?$/],
    excused: [
      {
        violation: /properties: (VariableValues|SendOkAlerts|SendReminderAlerts) /,
        because: "the file is of 2022; the vendor's changelog of October 2023 and its own provider have these fields",
      },
    ],
  },
];
