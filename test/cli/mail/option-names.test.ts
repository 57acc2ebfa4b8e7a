import { rmSync } from "node:fs";
import { inOptions, OPTION_OF, renamed } from "../../../lib/cli/mail/option-names";
import { allRemedies } from "../../../lib/mail/diagnosis/remedies";
import { Place } from "./run-outbound";

it.each(allRemedies.map((remedy) => [remedy.code, remedy.fix] as const))(
  "%s speaks of options to whoever has typed options",
  (_, fix) => {
    expect(renamed(fix)).not.toMatch(/`(?!all`)[a-z_.]+`|Terraform|password_wo/);
  },
);

it("names no option that does not exist", async () => {
  const place = new Place();
  const { out } = await place.run(["send", "--help"]);
  rmSync(place.directory, { recursive: true });
  const options = new Set(Object.values(OPTION_OF).filter((option) => option.startsWith("--")));
  expect(options.size).toBeGreaterThan(20);
  for (const option of options) expect(out).toContain(`${option} `.trimEnd());
});

it("says where it is by the option that was typed, and keeps a path that is none", () => {
  const problem = { code: "x", severity: "error" as const, summary: "Set `port` in `imap`", fix: "Use `smtp_port`." };
  expect(inOptions({ ...problem, path: ["imap", "port"] })).toMatchObject({
    summary: "Set --imap-port",
    fix: "Use --port.",
    path: ["--imap-port"],
  });
  expect(inOptions({ ...problem, path: ["to", 1] }).path).toEqual(["--to"]);
  expect(inOptions({ ...problem, path: ["elsewhere"] }).path).toEqual(["elsewhere"]);
});
