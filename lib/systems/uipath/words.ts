import type { ApiWords } from "../kit/words";

/** The names of this system, and the advice for its refusals. */
export const uipathWords: ApiWords = {
  name: "uipath",
  title: "UiPath",
  login: {
    credential: "the token",
    setting: "url",
    fix: "Another token was refused as well. Check that the address, the organization and the tenant belong to this application or account; tokens of a password login may not be good for the Identity service.",
  },
  rights:
    "Tenant mail needs the scope OR.Settings and, in the tenant, the permissions Settings.View, Edit and Delete; receivers need OR.Users.Read with Users.View and Roles.View; an organization's mail needs PM.Setting and an organization administrator, or the host administrator's login, which some installations want for it; the host's needs the host administrator's user name and password.",
  address: "Check that url, organization and tenant lead to the API: an address of the portal answers with a web page.",
};
