import { uuidFor } from "./auth-sources";
import type { VropsSimulatorOptions } from "./options";

type Who = Pick<VropsSimulatorOptions, "username" | "userSource">;

/** The answer to `GET /api/auth/currentuser`. The interface description lists its members without an example. */
export function currentUser({ username, userSource }: Who) {
  return {
    id: uuidFor(username),
    username,
    firstName: "",
    lastName: "",
    enabled: true,
    groupIds: [],
    roleNames: ["Administrator"],
    "role-permissions": [{ roleName: "Administrator", allowAllObjects: true, "traversal-spec-instances": [] }],
    ...(userSource === undefined ? {} : { distinguishedName: username }),
  };
}
