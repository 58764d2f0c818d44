// One error for everything that can go wrong between here and the server.
export class ApiError extends Error {
  readonly code: string;
  readonly status: number;
  readonly requestId: string | null;
  readonly details: string | null;
  readonly hint: string | null;

  constructor(
    message: string,
    more: Partial<{ code: string; status: number; requestId: string; details: string; hint: string }> = {},
  ) {
    super(message);
    this.name = 'ApiError';
    this.code = more.code ?? '';
    this.status = more.status ?? 0;
    this.requestId = more.requestId ?? null;
    this.details = more.details ?? null;
    this.hint = more.hint ?? null;
  }

  /** No answer came: the network is down, or the server is. */
  get isOffline(): boolean {
    return this.status === 0;
  }
}

const text = (value: unknown): string | undefined =>
  typeof value === 'string' && value !== '' ? value : undefined;

const optional = <T extends Record<string, unknown>>(values: T) =>
  Object.fromEntries(Object.entries(values).filter(([, value]) => value !== undefined)) as {
    [K in keyof T]: Exclude<T[K], undefined>;
  };

/** Reads the error body of any of the server's doors (REST, auth, pipeline). */
export function errorFrom(body: unknown, status: number): ApiError {
  const of = (typeof body === 'object' && body !== null ? body : {}) as Record<string, unknown>;
  const message = text(of['message']) ?? text(of['msg']) ?? text(of['error_description']);
  return new ApiError(
    message ?? `The server answered ${status}`,
    optional({
      code: text(of['code']) ?? text(of['error_code']),
      status,
      requestId: text(of['request_id']),
      details: text(of['details']),
      hint: text(of['hint']),
    }),
  );
}

interface Answer<T> {
  data: T;
  error: unknown;
  status: number;
  count?: number | null;
}

/** The data of a supabase-js answer, or the error thrown. */
export function unwrap<T>(answer: Answer<T>): NonNullable<T> {
  if (answer.error !== null) throw errorFrom(answer.error, answer.status);
  if (answer.data === null || answer.data === undefined) {
    throw new ApiError('Not found', { code: 'not_found', status: 404 });
  }
  return answer.data;
}
