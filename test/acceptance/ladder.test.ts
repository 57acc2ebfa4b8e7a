import { climb, readBack } from "./support/ladder";
import { integrationLadder } from "./support/ladders/alertops";
import { flowLadder } from "./support/ladders/ovh-vrops";
import { hostMailLadder, organizationMailLadder, tenantMailLadder, webhookLadder } from "./support/ladders/uipath";
import {
  attachmentLadder,
  definitionLadder,
  levelLadder,
  mailAttachmentLadder,
  memberLadders,
} from "./support/ladders/uptrends";
import { emailPluginLadder, pluginLadder, ruleLadder } from "./support/ladders/vrops";

const uptrends = [definitionLadder, levelLadder, attachmentLadder, mailAttachmentLadder, ...memberLadders];
const ladders = [
  flowLadder,
  emailPluginLadder,
  pluginLadder,
  ruleLadder,
  tenantMailLadder,
  organizationMailLadder,
  webhookLadder,
  ...uptrends,
  integrationLadder,
];

describe("every resource", () => {
  climb(ladders, { options: { uipath: { showScope: true } } }, "started");
});

describe("mail settings of UiPath's host", () => {
  climb([hostMailLadder], { options: { uipath: { login: "host" } } });
});

describe("resources of Uptrends where reads are stale and requests throttled", () => {
  climb(uptrends, { options: { uptrends: { staleReads: 1, throttleEvery: 3, goneStatus: 403 } } });
});

const variants = [emailPluginLadder, tenantMailLadder, organizationMailLadder, integrationLadder].map(readBack);

describe.each([
  {
    vrops: { secretReadBack: "omitted", version: "8.18.3" },
    uipath: { edition: "suite" },
    alertops: { tellsUrl: true },
  },
  {
    vrops: { secretReadBack: "masked", version: "8.18.3" },
    uipath: { edition: "standalone", login: "account", tokenUses: 12 },
    alertops: { list: "summary", createStatus: 204 },
  },
  {
    vrops: { secretReadBack: "echoed", version: "8.18.3" },
    uipath: { edition: "standalone" },
    alertops: { list: "none", throttleEvery: 4, retryAfter: false },
  },
])("what vendors read back in other ways (%j)", (options) => {
  climb(variants, { options });
});
