export { explainReply, explainSaid, problemOf, type Explained } from "./explain";
export { recognizeProvider, type ProviderId } from "./providers";
export { REFUSAL_STAGES, type RefusalStage, type Situation } from "./situation";
