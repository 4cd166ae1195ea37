/** Long work in short slices: the server answers a request within the length of one slice, however large a file is. */

/** Longest stretch of work without a look at the message queue: a completion that is asked for meanwhile waits no longer. */
const SLICE_MILLISECONDS = 4;

/**
 * Drives a generator, giving way to other work between slices. Resolves with what it returns, or with undefined when `isStale` says
 * that nobody wants the result any more.
 */
export async function inSlices<T>(work: Generator<void, T>, isStale: () => boolean): Promise<T | undefined> {
  for (;;) {
    if (isStale()) return undefined;
    const end = performance.now() + SLICE_MILLISECONDS;
    do {
      const step = work.next();
      if (step.done === true) return step.value;
    } while (performance.now() < end);
    await new Promise<void>((resolve) => setImmediate(resolve));
  }
}
