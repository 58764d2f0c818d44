// Functions of the database by name. The type is the function's documented answer.
import { supabase } from './client';
import { unwrap } from './errors';

export async function rpc<T>(name: string, args: Record<string, unknown> = {}, signal?: AbortSignal): Promise<T> {
  const call = supabase.rpc(name, args);
  const answer = await (signal ? call.abortSignal(signal) : call);
  return unwrap(answer) as T;
}
