import { QueryClientProvider } from '@tanstack/react-query';
import { type RouterHistory, RouterProvider } from '@tanstack/react-router';
import { useState } from 'react';

import { makeQueryClient } from './query-client';
import { makeRouter } from './router';

export function App({ history }: { history?: RouterHistory }) {
  const [queryClient] = useState(makeQueryClient);
  const [router] = useState(() => makeRouter(queryClient, history));
  return (
    <QueryClientProvider client={queryClient}>
      <RouterProvider router={router} />
    </QueryClientProvider>
  );
}
