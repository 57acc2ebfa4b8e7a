// bin/outbound.js starts this file: all that is compiled after it goes into the compile cache.
import { keepCompiled } from "./compile-cache";

void keepCompiled(process.env).then(() => import("./main"));
