// Stands in for the clients that supabase-js would make and the app makes later or never; see vite.config.ts.
export class RealtimeClient {
  setAuth(): Promise<void> {
    return Promise.resolve();
  }
}
export class StorageClient {}
export class StorageApiError extends Error {}
export class FunctionsClient {}
export class FunctionsError extends Error {}
export class FunctionsFetchError extends Error {}
export class FunctionsHttpError extends Error {}
export class FunctionsRelayError extends Error {}
export const FunctionRegion = {};

export default class GoTrueAdminApi {}
export class WebAuthnApi {}
export const webAuthnAbortService = {};
export const browserSupportsWebAuthn = (): boolean => false;
export const createCredential = unused;
export const getCredential = unused;
export const deserializeCredentialCreationOptions = unused;
export const deserializeCredentialRequestOptions = unused;
export const serializeCredentialCreationResponse = unused;
export const serializeCredentialRequestResponse = unused;

function unused(): never {
  throw new Error('Left out of the web app');
}
