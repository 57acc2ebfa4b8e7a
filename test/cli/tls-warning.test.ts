import { warnOfTlsSwitch } from "../../lib/cli/tls-warning";
import { plain } from "../../lib/core/styled";

function warnings(environment: Record<string, string>): string {
  const lines: string[] = [];
  warnOfTlsSwitch({ environment, err: (line) => void lines.push(plain(line)) });
  return lines.join("\n");
}

it("warns of a switch that is not obeyed, and only of that", () => {
  expect(warnings({ NODE_TLS_REJECT_UNAUTHORIZED: "0" })).toMatch(/^Warning: NODE_TLS_REJECT_UNAUTHORIZED=0 is set/);
  expect(warnings({ NODE_TLS_REJECT_UNAUTHORIZED: "1" }) + warnings({})).toBe("");
});
