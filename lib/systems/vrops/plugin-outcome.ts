/** The state of a plugin after a change that failed, as a sentence. */
export const PLUGIN_OUTCOME = {
  create: "The plugin was not created.",
  update: "The previous settings are written back.",
};
