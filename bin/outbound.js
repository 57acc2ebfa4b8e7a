#!/usr/bin/env node
"use strict";
const path = require("node:path");
const main = path.join(__dirname, "..", "dist", "cli", "outbound.js");
if (!require("node:fs").existsSync(main)) {
  // A fresh checkout: the published package always has dist/.
  process.stderr.write("outbound is not built yet: run `npm run build` in the checkout, then try again.\n");
  process.exit(1);
}
require(main);
