import { getRouteApi, useRouter } from '@tanstack/react-router';

import { SignInScreen } from '../features/auth/sign-in-screen';

const route = getRouteApi('/sign-in');

export function SignInPage() {
  const router = useRouter();
  const { to } = route.useSearch();
  return <SignInScreen onSignedIn={() => router.history.push(to ?? '/')} />;
}
