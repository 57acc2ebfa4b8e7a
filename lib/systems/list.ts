/** The only list of systems: to add one, add its folder and a line here. */
export { alertOps } from "./alertops";
export { ksaar } from "./ksaar";
export { ovhVrops } from "./ovh-vrops";
export { uipath } from "./uipath";
export { uptrends } from "./uptrends";
export { vrops } from "./vrops";
