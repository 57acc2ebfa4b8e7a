import { rmSync } from "node:fs";
import { inOptions, OPTION_OF } from "../../../lib/cli/mail/option-names";
import { inProse } from "../../../lib/core/problem";
import { prose, setting } from "../../../lib/core/prose";
import { Place } from "./run-outbound";

it("names no option that does not exist", async () => {
  const place = new Place();
  const { out } = await place.run(["send", "--help"]);
  rmSync(place.directory, { recursive: true });
  const options = new Set(Object.values(OPTION_OF).filter((option) => option.startsWith("--")));
  expect(options.size).toBeGreaterThan(20);
  for (const option of options) expect(out).toContain(`${option} `.trimEnd());
});

it("says where it is by the option that was typed, and keeps a path that is none", () => {
  const said = inProse(prose`Set ${setting("imap.port")}`, prose`Use ${setting("smtp_port")}.`);
  const problem = { code: "x", severity: "error" as const, ...said };
  expect(inOptions({ ...problem, path: ["imap", "port"] })).toMatchObject({
    summary: "Set --imap-port",
    fix: "Use --port.",
    path: ["--imap-port"],
  });
  expect(inOptions({ ...problem, path: ["to", 1] }).path).toEqual(["--to"]);
  expect(inOptions({ ...problem, path: ["elsewhere"] }).path).toEqual(["elsewhere"]);
});
