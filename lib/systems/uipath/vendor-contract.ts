import type { VendorContract } from "../kit/vendor-contract";

export const contracts: readonly VendorContract[] = [
  {
    format: "openapi",
    files: ["uipath-orchestrator-settings.json", "uipath-orchestrator-receivers.json"],
    // Cloud and Automation Suite have organization and tenant in their addresses, a standalone Orchestrator does not.
    base: /^(\/[^/]+\/[^/]+\/orchestrator_)?/,
    elsewhere: [/\/connect\/token$/, /\/api\/account\/authenticate$/i],
    excused: [
      {
        violation: /properties: @odata\.(context|count|nextLink) /,
        because: "OData 4 adds this to every collection; the vendor's schemas describe the rest",
      },
      {
        violation: /\/odata\/Settings: answer 200: \/value\/\d+\/Scope must be .* \(got null\)/,
        because: "answers of a real Orchestrator have null there, although its schema does not allow it",
      },
    ],
  },
  {
    format: "openapi",
    files: ["uipath-identity-settings.json"],
    base: /^(\/[^/]+)?\/identity_?/,
  },
];
