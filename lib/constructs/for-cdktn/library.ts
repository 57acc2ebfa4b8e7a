import { LIBRARIES } from "../../package/libraries";
import { requireLibrary } from "../../package/require-library";

/* eslint-disable @typescript-eslint/no-require-imports -- an import that fails cannot be caught */
requireLibrary(LIBRARIES.cdktn, () => {
  require("cdktn");
});
