import type { Page } from "../../support/chromium";
import { inChromium } from "../../support/in-chromium";
import { OpenedPage } from "../../support/opened-page";

jest.setTimeout(90_000);

inChromium("the state on the page", () => {
  let opened: OpenedPage;
  let page: Page;
  beforeAll(async () => void (opened = await OpenedPage.start()));
  afterAll(() => opened.close());
  afterEach(() => opened.closePages());

  const open = async (path: string) => {
    const selector = `#state details[data-path="${path}"]`;
    await page.click(`${selector} > summary`);
    await page.until(`${path} to open`, `(one) => document.querySelector(one).open`, selector);
  };

  it("opens as far as somebody looks, keeps open what is open when it changes, and shows no secret", async () => {
    page = await opened.open("#/state");
    await page.sees("vrops", "#state .trees");
    for (const path of ["state/systems/vrops", "state/systems/vrops/plugins", "state/systems/vrops/plugins/0"]) {
      await open(path);
    }
    await open("state/systems/vrops/plugins/0/configValues");
    await page.sees("SMTP_HOST", "#state .trees");
    // The password is in there, masked.
    await open("state/systems/vrops/plugins/0/configValues/6");
    await page.sees("(redacted)", `#state [data-path="state/systems/vrops/plugins/0/configValues/6"]`);
    expect(await page.text("#state")).not.toContain(opened.world.sandbox.mail.password);

    await page.run(`() => document.querySelector('[data-path="state/systems/vrops/plugins"] > summary').focus()`);
    await opened.world.sandbox.intervene("vrops", "disable-plugin");
    await page.until(
      "the change",
      `() => /enabled\\s*false/.test(document.querySelector('[data-path="state/systems/vrops/plugins/0"]').innerText)`,
    );
    expect(await page.run(`() => document.activeElement.parentElement.dataset.path`)).toBe(
      "state/systems/vrops/plugins",
    );
    expect(page.complaints).toEqual([]);
  });

  it("shows the faults that are armed with their hits, and the last requests with what was asked and answered", async () => {
    const { sandbox } = opened.world;
    page = await opened.open("#/state");
    await page.sees("No fault is armed", "#state");
    sandbox.faults.add({
      system: "ovh",
      method: "GET",
      path: "/1.0/auth/time",
      effect: { kind: "status", status: 503 },
    });
    await page.sees("GET /1.0/auth/time", "#state table");
    await page.sees("0 of 1", "#state table");
    await fetch(`${sandbox.urls["ovh"]}/1.0/auth/time?probe=1`);
    await page.sees("1 of 1", "#state table");
    await page.sees("GET /1.0/auth/time", "#state .requests li:first-child");
    expect(await page.text("#state .requests li:first-child")).toMatch(/ovh[\s\S]*503[\s\S]*fault: status/);
    // By the keyboard, as every summary.
    await page.run(`() => document.querySelector("#state .requests summary").focus()`);
    await page.press("Enter");
    await page.sees("query", "#state .requests li:first-child .tree");
    sandbox.faults.clear();
    await page.sees("No fault is armed", "#state");
  });
});
