import type { SandboxOptions } from "../../lib/sandbox";
import { Chromium, type Page } from "./chromium";
import { deployedSandbox, type DeployedSandbox } from "./deployed-sandbox";

type Look = Parameters<Chromium["open"]>[1];

/** The page of a sandbox, in a real browser. */
export class OpenedPage {
  private readonly pages: Page[] = [];

  private constructor(
    readonly world: DeployedSandbox,
    private readonly browser: Chromium,
  ) {}

  static async start(options?: SandboxOptions): Promise<OpenedPage> {
    const world = await deployedSandbox(options);
    try {
      return new OpenedPage(world, await Chromium.launch());
    } catch (error) {
      await world.close();
      throw error;
    }
  }

  /** A tab at this place of the page, once it has heard of the sandbox. */
  async open(place = "", look?: Look): Promise<Page> {
    const page = await this.browser.open(`${this.world.sandbox.url}/${place}`, look);
    this.pages.push(page);
    await page.sees("live", "#connection");
    return page;
  }

  async closePages(): Promise<void> {
    for (const page of this.pages.splice(0)) await page.close();
  }

  async close(): Promise<void> {
    await this.browser.close();
    await this.world.close();
  }
}
