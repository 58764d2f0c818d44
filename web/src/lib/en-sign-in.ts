// Signing in, in English, over the words every screen has.
import { en } from './en';
import { translator } from './messages';

export const { t } = translator({
  ...en,

  'auth.title': 'Sign in',
  'auth.email': 'E-mail',
  'auth.password': 'Password',
  'auth.show': 'Show password',
  'auth.hide': 'Hide password',
  'auth.keep': 'Keep me signed in on this computer',
  'auth.submit': 'Sign in',
  'auth.submitting': 'Signing in',
  'auth.wrong': 'E-mail and password do not belong together. Check both and try again.',
  'auth.throttled': 'Too many tries. Wait a minute, then try again.',
  'auth.unreachable': 'The server cannot be reached. Check the connection.',
  'auth.failed': 'Sign-in failed: {reason}.',
  'auth.belongs': 'Only for people of this sales team.',
} as const);
