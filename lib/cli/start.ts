// What bin/outbound.js starts, a file by itself: what is compiled after it is kept for the next start.
import { keepCompiled } from "./compile-cache";

keepCompiled(process.env);
void import("./main");
