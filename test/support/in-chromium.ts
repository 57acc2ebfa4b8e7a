import { browserNames, chromium } from "./chromium";

/** `describe` where a browser is installed; elsewhere nothing is tried, and the output says so. */
export const inChromium: jest.Describe = chromium === undefined ? describe.skip : describe;
if (chromium === undefined) console.warn(`No page is opened: none of ${browserNames.join(", ")} is installed.`);
