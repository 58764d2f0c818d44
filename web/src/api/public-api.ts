// The lead API. Plain fetch, so that the public form does not load supabase-js.
import { ApiError, errorFrom } from './errors';

interface FieldFault {
  field: string;
  rule: string;
  message: string;
}

/** The server refused fields; each fault names one. */
export class ValidationError extends ApiError {
  readonly faults: FieldFault[];

  constructor(faults: FieldFault[]) {
    super('Some answers need a change', { code: 'validation_failed', status: 422 });
    this.faults = faults;
  }
}

async function send(path: string, init?: RequestInit): Promise<unknown> {
  let answer: Response;
  try {
    answer = await fetch(path, init);
  } catch {
    throw new ApiError('No connection', { code: 'offline' });
  }
  const body = (await answer.json().catch(() => ({}))) as Record<string, unknown>;
  if (answer.ok) return body;
  if (answer.status === 422 && Array.isArray(body['errors'])) {
    throw new ValidationError(body['errors'] as FieldFault[]);
  }
  throw errorFrom({ ...body, request_id: answer.headers.get('x-request-id') ?? undefined }, answer.status);
}

export const getJson = (path: string, signal: AbortSignal): Promise<unknown> => send(path, { signal });

export const postJson = (path: string, body: unknown, idempotencyKey: string): Promise<unknown> =>
  send(path, {
    method: 'POST',
    headers: { 'content-type': 'application/json', 'idempotency-key': idempotencyKey },
    body: JSON.stringify(body),
  });

/** As the person whose token it is; a method but GET may carry a body. */
export const callJson = (method: 'GET' | 'PATCH' | 'POST' | 'PUT', path: string, token: string, body?: unknown): Promise<unknown> =>
  send(path, {
    method,
    headers: { authorization: `Bearer ${token}`, ...(body !== undefined && { 'content-type': 'application/json' }) },
    ...(body !== undefined && { body: JSON.stringify(body) }),
  });
