// A healthy mail server for the benchmarks, in a process of its own.
import { startMailServer } from "../lib/mail/server";
import { LOGIN, type HealthyServer } from "./mail-server";

process.on("disconnect", () => process.exit());

void startMailServer({ mode: "starttls", users: { [LOGIN.username]: LOGIN.password } }).then(({ port, ca }) =>
  process.send!({ port, ca } satisfies HealthyServer),
);
