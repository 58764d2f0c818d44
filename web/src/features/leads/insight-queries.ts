// What the model in force says of a lead, and of the lead as it might be.
import { keepPreviousData, queryOptions } from '@tanstack/react-query';

import { keys } from '../../api/keys';
import { asCaller } from '../../api/lead-api';

export type FactValue = string | number | boolean | null;

interface Factor {
  field: string;
  label: string;
  value: FactValue;
  effect_pp: number;
  shown: boolean;
}

export interface Lever {
  field: string;
  label: string;
  type: 'number' | 'category';
  value: FactValue;
  values: (string | number)[];
}

/** Without a model (`stage` rule) all but the reason is null. */
export interface Insight {
  stage: 'rule' | 'lr' | 'stack';
  reason?: string;
  probability: number | null;
  average: number;
  interval80: [number, number];
  confidence_word: 'high' | 'medium' | 'low';
  badge: 'likely' | 'unlikely' | 'undecided';
  factors: Factor[];
  horizons: Record<'30' | '60' | '90', number> | null;
  median_days: number | null;
  expected_value: number | null;
  currency: string | null;
  historical: {
    n: number;
    won: number;
    interval80: [number, number];
    examples: { id: string; business_name: string; status: string; same_territory: boolean }[];
  } | null;
  levers: Lever[];
  reasons?: Partial<Record<'horizons' | 'median_days' | 'expected_value', string>>;
}

/** Asked anew with every version of the lead, and when the model has scored it again (app/live.ts). */
export const insightQuery = (lead: string, version: number) =>
  queryOptions({
    queryKey: [...keys.insight(lead), version],
    queryFn: () => asCaller('GET', `/api/leads/${lead}/score`) as Promise<Insight>,
    placeholderData: keepPreviousData,
  });

export interface Supposed {
  before: number;
  change_pp: number;
  after: Insight & { probability: number };
}

export const whatIfQuery = (lead: string, version: number, features: Record<string, FactValue>) =>
  queryOptions({
    queryKey: [...keys.insight(lead), version, 'what-if', features],
    queryFn: () => asCaller('POST', `/api/leads/${lead}/what-if`, { features }) as Promise<Supposed>,
    enabled: Object.keys(features).length > 0,
    placeholderData: keepPreviousData,
    retry: false,
  });
