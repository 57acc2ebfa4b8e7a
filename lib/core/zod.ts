/* eslint-disable @typescript-eslint/no-restricted-imports -- the one file that others import it from */
/**
 * zod as all of the package uses it: its small form, of which a bundle takes what is used and no more, with its English
 * messages. The other form puts every method and every language into a program, which each start of the provider would read.
 *
 * @see https://zod.dev/packages/mini
 */
import { en } from "zod/locales";
import { config } from "zod/mini";

export * from "zod/mini";

config(en());
