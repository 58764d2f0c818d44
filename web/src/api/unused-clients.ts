// Stands in for the parts of auth-js that the app never uses; see vite.config.ts.
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
