import { beforeEach, describe, expect, it, vi } from 'vitest';
import { api, type Job } from '$lib/api';
import { jobs } from './jobs.svelte';

const job = (id: string, state: Job['state']): Job => ({
  id,
  kind: 'exhibit',
  name: `${id}.png`,
  state,
  bytes_done: 0,
  bytes_total: 10,
  rows: 0,
  rows_per_s: 0,
  seconds_left: null,
  started_at: '2026-11-22T00:00:00Z',
  finished_at: null,
  import: null,
  exhibit: null,
  verified: null,
  tried: null,
  error: null,
});

beforeEach(() => jobs.forget());

describe('jobs that were started together', () => {
  it('are told of once, when all have ended', () => {
    const tell = vi.fn();
    jobs.follow(['a', 'b'], () => async () => {}, tell);
    jobs.take(job('a', 'running'));
    jobs.take(job('a', 'done'));
    expect(tell).not.toHaveBeenCalled();
    jobs.take(job('b', 'failed'));
    jobs.take(job('b', 'failed'));
    expect(tell).toHaveBeenCalledTimes(1);
    expect(tell.mock.calls[0]?.[0].map(({ state }: Job) => state)).toEqual(['done', 'failed']);
  });

  it('count when they ended before they were followed', () => {
    const tell = vi.fn();
    jobs.take(job('a', 'done'));
    jobs.follow(['a'], () => async () => {}, tell);
    expect(tell).toHaveBeenCalledTimes(1);
  });

  it('can be started again once, when they failed or were cancelled', async () => {
    const again = vi.fn(async () => {});
    jobs.follow(
      ['a', 'b'],
      () => again,
      () => {},
    );
    const failed = job('a', 'failed');
    expect(jobs.again(job('b', 'done'))).toBeUndefined();
    await jobs.again(failed)?.();
    expect(again).toHaveBeenCalledTimes(1);
    expect(jobs.again(failed)).toBeUndefined();
  });

  it('are not called new while somebody looks at them', () => {
    jobs.shown = true;
    jobs.take(job('a', 'done'));
    expect(jobs.unseen).toBe(0);
    jobs.shown = false;
    jobs.take(job('b', 'done'));
    expect(jobs.unseen).toBe(1);
  });

  it('that ended do not run again when an older list arrives', async () => {
    jobs.take(job('a', 'running'));
    const list = vi.spyOn(api.jobs, 'list').mockImplementation(async () => {
      jobs.take(job('a', 'done'));
      return { jobs: [job('a', 'running'), job('b', 'running')] };
    });
    await jobs.load();
    list.mockRestore();
    expect(jobs.running.map(({ id }) => id)).toEqual(['b']);
  });
});
