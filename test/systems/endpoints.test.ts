import { endpointVariables } from "../../lib/systems/endpoints";

it("says where systems are, and nothing of who logs in: that may be somebody else at the apply", () => {
  expect([...endpointVariables()].sort()).toEqual([
    "ALERTOPS_NOTIFY_URL",
    "ALERTOPS_TEST_ALERTS",
    "ALERTOPS_URL",
    "OVH_ENDPOINT",
    "OVH_TOKEN_URL",
    "UIPATH_IDENTITY_URL",
    "UIPATH_ORGANIZATION",
    "UIPATH_TENANT",
    "UIPATH_URL",
    "UPTRENDS_URL",
    "VROPS_CA_CERTIFICATE",
    "VROPS_URL",
  ]);
});
