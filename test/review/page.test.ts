import { execFile, execFileSync } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";

// The page as a browser understands it. Without a browser on the machine there is nothing to try, and the test says so.

const BROWSERS = ["chromium", "chromium-browser", "google-chrome"];
const browser = BROWSERS.find((name) => {
  try {
    execFileSync(name, ["--version"], { stdio: "ignore" });
    return true;
  } catch {
    return false;
  }
});
const inBrowser = browser === undefined ? describe.skip : describe;
if (browser === undefined) console.warn(`The page is not opened: none of ${BROWSERS.join(", ")} is installed.`);

let profile: string;
beforeEach(() => (profile = mkdtempSync(join(tmpdir(), "review-page-"))));
afterEach(() => rmSync(profile, { recursive: true, force: true, maxRetries: 5 }));

async function open(...args: string[]): Promise<{ stdout: string; stderr: string }> {
  const page = join(__dirname, "golden", "weaker.html");
  const flags = [
    "--headless",
    "--no-sandbox",
    "--disable-gpu",
    `--user-data-dir=${profile}`,
    "--enable-logging=stderr",
    "--v=0",
  ];
  return promisify(execFile)(browser!, [...flags, ...args, `file://${page}`], { timeout: 60_000, maxBuffer: 2 ** 26 });
}

inBrowser("the page in a browser", () => {
  it("shows every part, and nothing is refused or missing", async () => {
    const { stdout, stderr } = await open("--dump-dom");
    for (const heading of [
      "What this change stops",
      "Way of the alerts",
      "Reachability",
      "Who receives what",
      "Changes",
      "Policy",
      "Next",
    ]) {
      expect(stdout).toContain(`<h2>${heading}</h2>`);
    }
    // What the parser has made of it: boxes within the drawing, not text beside it.
    const drawing = /<svg[\s\S]*<\/svg>/.exec(stdout)?.[0] ?? "";
    expect(drawing.match(/<rect /g)!.length).toBeGreaterThan(4);
    expect(drawing.match(/<path /g)!.length).toBeGreaterThan(4);
    expect(stdout).toContain("<del>boss@example.com</del>");
    // What the page's own policy refuses, and whatever could not be loaded, stands in the console.
    expect(stderr).not.toMatch(/CONSOLE|Refused to|ERR_/);
  }, 90_000);
});
