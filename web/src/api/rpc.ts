// Functions of the database by name. The type is the function's documented answer.
import { supabase } from './client';
import { errorFrom, unwrap } from './errors';

export async function rpc<T>(name: string, args: Record<string, unknown> = {}, signal?: AbortSignal): Promise<T> {
  const call = supabase.rpc(name, args);
  const answer = await (signal ? call.abortSignal(signal) : call);
  return unwrap(answer) as T;
}

/** A function that answers nothing. */
export async function run(name: string, args: Record<string, unknown>): Promise<void> {
  const answer = await supabase.rpc(name, args);
  if (answer.error) throw errorFrom(answer.error, answer.status);
}
