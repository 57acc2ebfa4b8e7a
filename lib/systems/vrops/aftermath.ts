/** What has become of the plugin when it cannot be as declared. */
export const AFTERMATH = {
  create: "The plugin was not created.",
  update: "The previous settings are written back.",
};
