/** OVHcloud's own client for Node.js, as far as the tests use it; it has no types of its own. */
declare module "ovh" {
  interface Parameters {
    readonly appKey: string;
    readonly appSecret: string;
    readonly consumerKey?: string;
    readonly host: string;
    readonly port: number;
  }
  interface Client {
    readonly consumerKey: string | null;
    /** Rejects with `{ error: status, message }`. */
    requestPromised(method: string, path: string, parameters?: object): PromiseLike<unknown>;
  }
  const makeClient: (parameters: Parameters) => Client;
  export default makeClient;
}
