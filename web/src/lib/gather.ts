/**
 * Runs `ms` after the first call and covers all calls until then. Not at once: what is painted by the change itself
 * goes first.
 */
export function gather(run: () => void, ms: number): () => void {
  let timer: ReturnType<typeof setTimeout> | undefined;
  return () => {
    timer ??= setTimeout(() => {
      timer = undefined;
      run();
    }, ms);
  };
}
