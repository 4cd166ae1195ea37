import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { RealClock } from '../../../runtime/host/ports/clock';

describe('the clock of this machine', () => {
  beforeEach(() => vi.useFakeTimers());
  afterEach(() => vi.useRealTimers());

  it('wakes sleepers in the order of their times, with one timer for all of them', async () => {
    const clock = new RealClock();
    const woken: number[] = [];
    for (const time of [300, 100, 200, 100]) void clock.sleep(time).then(() => woken.push(time));
    expect(vi.getTimerCount()).toBe(1);
    await vi.advanceTimersByTimeAsync(200);
    expect(woken).toEqual([100, 100, 200]);
    await vi.advanceTimersByTimeAsync(100);
    expect(woken).toEqual([100, 100, 200, 300]);
    expect(vi.getTimerCount()).toBe(0);
  });

  it('lets thousands go before their time and still wakes those who sleep on', async () => {
    const clock = new RealClock();
    const woken: number[] = [];
    for (let index = 0; index < 5000; index += 1) {
      const until = 1_000_000 - index;
      if (index % 1000 === 0) void clock.sleep(until).then(() => woken.push(until));
      const controller = new AbortController();
      const sleeping = clock.sleep(until, controller.signal);
      controller.abort('ended');
      await sleeping;
    }
    expect(woken).toEqual([]);
    await vi.advanceTimersByTimeAsync(1_000_000);
    expect(woken).toEqual([996_000, 997_000, 998_000, 999_000, 1_000_000]);
  });

  it('waits longer than a timer can', async () => {
    const clock = new RealClock();
    const days = 40 * 86_400_000;
    let isAwake = false;
    void clock.sleep(days).then(() => (isAwake = true));
    await vi.advanceTimersByTimeAsync(days - 1);
    expect(isAwake).toBe(false);
    await vi.advanceTimersByTimeAsync(1);
    expect(isAwake).toBe(true);
  });
});
