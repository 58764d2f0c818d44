// What the public form asks, per territory: published by the server, readable without sign-in.
import { queryOptions } from '@tanstack/react-query';
import * as z from 'zod/mini';

import { keys } from '../../api/keys';
import { getJson, postJson } from '../../api/public-api';

const place = z.object({ code: z.string(), name: z.string() });

const extraField = z.object({
  name: z.string(),
  label: z.string(),
  max_length: z._default(z.number(), 120),
  digits: z.optional(z.nullable(z.number())),
});

const territory = z.object({
  code: z.string(),
  name: z.string(),
  country: z.string(),
  currency: z.string(),
  phone_prefixes: z._default(z.array(z.string()), []),
  postal_pattern: z.optional(z.nullable(z.string())),
  sub_area_label: z._default(z.string(), 'area'),
  sub_areas: z._default(z.array(place), []),
  form_fields: z._default(z.array(extraField), []),
});

const config = z.object({
  seller: z.string(),
  territories: z.array(territory),
  currencies: z._default(z.array(z.object({ code: z.string(), usd: z.number() })), []),
});

export type FormConfig = z.infer<typeof config>;
export type FormTerritory = z.infer<typeof territory>;

export const formConfigQuery = queryOptions({
  queryKey: keys.formConfig,
  staleTime: Infinity,
  queryFn: async ({ signal }) => z.parse(config, await getJson('/api/config', signal)),
});

const receipt = z.object({ reference: z.string() });

export async function sendSubmission(body: unknown, idempotencyKey: string): Promise<string> {
  return z.parse(receipt, await postJson('/api/submissions', body, idempotencyKey)).reference;
}
