// The list one came from, so that a lead knows its neighbours and the way back.
import { create } from 'zustand';

import type { LeadFilters, LeadSearch } from './filters';

export const useLastList = create<{ search: LeadSearch; filters: LeadFilters | null }>(() => ({
  search: {}, filters: null,
}));
