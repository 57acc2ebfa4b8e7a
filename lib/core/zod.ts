/* eslint-disable @typescript-eslint/no-restricted-imports -- the one file that others import it from */
/**
 * zod for the whole package: its mini form, of which a bundle takes only what is used, with English messages. The classic
 * form would put every method and every language into the program, which each start of the provider would have to read.
 *
 * @see https://zod.dev/packages/mini
 */
import { en } from "zod/locales";
import { config } from "zod/mini";

export * from "zod/mini";

config(en());
