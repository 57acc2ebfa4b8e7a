import type { Page } from "../../support/chromium";
import { inChromium } from "../../support/in-chromium";
import { OpenedPage } from "../../support/opened-page";

jest.setTimeout(90_000);

inChromium("the tests on the page", () => {
  let opened: OpenedPage;
  let page: Page;
  beforeAll(async () => void (opened = await OpenedPage.start()));
  afterAll(() => opened.close());
  beforeEach(() => opened.world.sandbox.tests.clear());
  afterEach(() => opened.closePages());

  /** Each stage as `name status`, and the place of its bar. */
  const stages = () =>
    page.run<{ name: string; status: string; x: number; width: number; text: string }[]>(`() =>
      [...document.querySelectorAll("#tests .timeline > li:not(.scale)")].map((item) => {
        const fill = item.querySelector(".fill");
        return {
          name: item.querySelector(".stage strong").innerText,
          status: item.querySelector(".pill").innerText,
          x: fill === null ? -1 : parseFloat(fill.getAttribute("x")),
          width: fill === null ? 0 : parseFloat(fill.getAttribute("width")),
          text: item.innerText,
        };
      })`);

  it("shows a deployment's test as it is reported, stage by stage, with what to do where it failed", async () => {
    page = await opened.open("#/tests");
    await page.sees("No test has run yet", "#tests");
    await opened.world.closeFlow();
    const outcome = await opened.world.test();
    await opened.world.openFlow();
    expect(outcome.ok).toBe(false);

    await page.sees("failed", "#tests [role=option]");
    expect(await page.text("#tests [role=option]")).toMatch(/failed at vrops test/);
    expect(await page.text("#tab-tests")).toMatch(/1 failed/);
    expect(await page.text("#news")).toContain("Test failed: ");
    await page.click("#tests [role=option]");
    await page.sees(outcome.verdict.slice(outcome.verdict.indexOf(":")), "#tests .verdict");

    // The runner got through, the platform did not: that is what counts.
    expect(outcome.verdict).toMatch(/^accepted: /);
    expect(await page.text("#tests .verdict")).toMatch(/^failed at vrops test [\w-]+: accepted: /i);

    const shown = await stages();
    expect(shown.map(({ name }) => name)).toEqual(outcome.stages.map(({ name }) => name));
    const failed = outcome.stages.find(({ status }) => status === "failed")!;
    const itsBar = shown.find(({ status }) => status.includes("failed"))!;
    expect(itsBar.name).toBe(failed.name);
    expect(itsBar.text).toContain(`What to do: ${failed.remedy!.replaceAll("`", "")}`);
    expect(itsBar.text).toContain(failed.problem!.code);
    expect(itsBar.text).toContain(`${failed.durationMs} ms`);
    // One after the other, from left to right; the slow one is the long one.
    const ran = shown.filter(({ x }) => x >= 0);
    expect(ran.map(({ x }) => x)).toEqual(ran.map(({ x }) => x).toSorted((a, b) => a - b));
    expect(Math.max(...ran.map(({ width }) => width))).toBe(itsBar.width);
    expect(shown.filter(({ status }) => status.includes("skipped")).every(({ width }) => width === 0)).toBe(true);
    expect(page.complaints).toEqual([]);
  });

  it("tells a test that passed from one that failed, and a probe from a mail", async () => {
    await opened.world.probe({ to: ["unknown@example.com", "oncall@example.com"] });
    await opened.world.test();
    page = await opened.open("#/tests");
    await page.sees("2 tests", "#tests");
    const rows = await page.run<string[]>(
      `() => [...document.querySelectorAll("#tests [role=option]")].map((one) => one.innerText)`,
    );
    expect(rows[0]).toMatch(/passed[\s\S]*Test mail of a deployment/);
    expect(rows[1]).toMatch(/failed at RCPT unknown@example.com[\s\S]*Probe, nothing sent/);

    await page.click("#tests [role=option]:last-child");
    await page.sees("unknown@example.com", "#tests table");
    const receivers = await page.run<string[]>(
      `() => [...document.querySelectorAll("#tests tbody tr")].map((one) => one.innerText)`,
    );
    expect(receivers[0]).toMatch(/unknown@example.com\s+✕ refused\s+550/);
    expect(receivers[1]).toMatch(/oncall@example.com\s+✓ accepted/);
  });

  it("is walked through by keyboard alone", async () => {
    await opened.world.probe();
    await opened.world.probe({ to: ["unknown@example.com"] });
    page = await opened.open("#/tests");
    await page.sees("2 tests", "#tests");
    await page.press("Tab", "Tab", "ArrowDown", "Enter");
    await page.sees("Reachable", "#tests .verdict");
    await page.until("the focus to be at the test", `() => document.activeElement.matches("#tests h2")`);
    await page.press("Escape");
    await page.sees("Choose a test", "#tests .detail");
    expect(await page.run(`() => document.activeElement.getAttribute("aria-label")`)).toBe("Tests");
  });

  it("shows what was said as text, whatever it is", async () => {
    const evil = "<img src=x onerror=window.stolen=1>";
    await fetch(`${opened.world.sandbox.url}/_sandbox/tests`, {
      method: "POST",
      headers: { "content-type": "application/json" },
      body: JSON.stringify({
        kind: "probe",
        testedAt: new Date().toISOString(),
        target: { host: evil, port: 25, security: evil },
        from: evil,
        to: [evil],
        ok: false,
        verdict: evil,
        stages: [{ name: evil, status: "failed", durationMs: 1, detail: evil, remedy: evil, code: evil }],
        receivers: [{ address: evil, status: "refused", reply: evil, attempts: 2, remedy: evil }],
      }),
    });
    const { number } = opened.world.sandbox.tests.list()[0]!;
    page = await opened.open(`#/tests/${number}`);
    await page.sees(evil, "#tests .verdict");
    expect(await page.run(`() => [document.querySelectorAll("img").length, typeof window.stolen]`)).toEqual([
      0,
      "undefined",
    ]);
  });
});
