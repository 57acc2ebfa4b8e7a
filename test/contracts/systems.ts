import { openApi } from "./openapi";
import type { Contract } from "./operation";
import { ovhFormat } from "./ovh-format";

/** Which vendor's files a system's traffic must keep to. */
export interface SystemContract {
  readonly system: string;
  readonly format: (name: string, document: unknown) => Contract;
  /** In `../shared/contracts/openapi`. Every file that has an operation must allow what was said. */
  readonly files: readonly string[];
  /** What stands before the paths of these files: `/suite-api`. */
  readonly base: RegExp;
  /** Paths that the vendor documents elsewhere: logging in, mostly. */
  readonly elsewhere?: readonly RegExp[];
  /** Where the vendor's file is known to be wrong or we differ on purpose, and why that is right. */
  readonly excused?: readonly { readonly violation: RegExp; readonly because: string }[];
  /** Whether the simulator, which shows this state, imitates the release of these files. @default always */
  readonly when?: (state: unknown) => boolean;
}

/** Of 8.x there is no file at hand: its requests carry fields that 9.x no longer knows. */
const vropsOf = (release: string): SystemContract => ({
  system: "vrops",
  format: openApi,
  files: [`vcf-operations-${release}.json`],
  base: /^\/suite-api/,
  when: (state) => (state as { readonly version: string }).version.includes(` ${release}`),
  excused: [
    {
      violation: /versions\/current: answer 200: \/description must be string \(got null\)/,
      because: "the vendor's own example of this answer has null",
    },
    ...(release === "9.0"
      ? [
          {
            violation: /\/test: query parameter receiverAddress is not declared/,
            because: "9.0 ignores it, and asking for the release first would make every test slower",
          },
        ]
      : []),
  ],
});

/** One entry a system, or one for each API or release of it: the acceptance ladder and these tests read them here. */
export const systemContracts: readonly SystemContract[] = [
  {
    system: "ovh",
    format: ovhFormat,
    files: ["ovh-dedicatedcloud-vrops.json"],
    base: /^\/(1\.0|v1)/,
    elsewhere: [/^\/(1\.0|v1)\/auth\/time$/, /^\/auth\/oauth2\/token$/],
  },
  vropsOf("9.0"),
  vropsOf("9.1"),
  {
    system: "uipath",
    format: openApi,
    files: ["uipath-orchestrator-settings.json", "uipath-orchestrator-receivers.json"],
    // Cloud and Automation Suite have organization and tenant in their addresses, a standalone Orchestrator has not.
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
    system: "uipath",
    format: openApi,
    files: ["uipath-identity-settings.json"],
    base: /^(\/[^/]+)?\/identity_?/,
  },
  {
    system: "uptrends",
    format: openApi,
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
