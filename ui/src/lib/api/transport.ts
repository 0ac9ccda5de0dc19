// The one place where the window talks to the shell: one command out, one event in.
import type { ApiError, Push } from './generated';

/** What carries calls and pushes. */
export type Link = {
  call(name: string, input: unknown): Promise<unknown>;
  listen(receive: (push: Push) => void): Promise<() => void>;
};

const shell: Link = {
  async call(name, input) {
    const { invoke } = await import('@tauri-apps/api/core');
    return invoke('call', { name, input });
  },
  async listen(receive) {
    const { listen } = await import('@tauri-apps/api/event');
    return listen<Push>('push', (event) => receive(event.payload));
  },
};

// Looking at the window without a backend: `vite dev` with `?demo`. Nothing of it is in the build.
const link: Promise<Link> =
  import.meta.env.DEV && new URLSearchParams(globalThis.location?.search).has('demo')
    ? import('../../dev/demo').then((module) => module.link)
    : Promise.resolve(shell);

/** Whether a thrown value is the backend's refusal. */
export function isApiError(thrown: unknown): thrown is ApiError {
  return typeof thrown === 'object' && thrown !== null && 'code' in thrown && typeof thrown.code === 'string';
}

/** Runs one use case; rejects with an {@link ApiError}. */
export async function call<Output>(name: string, input: unknown): Promise<Output> {
  try {
    return (await (await link).call(name, input)) as Output;
  } catch (thrown) {
    if (isApiError(thrown)) throw { ...thrown, params: thrown.params ?? {}, reference: thrown.reference ?? '' };
    throw { code: 'unreachable', params: {}, reference: name } satisfies ApiError;
  }
}

/** Receives what the backend says by itself, until the returned function is called. */
export async function listen(receive: (push: Push) => void): Promise<() => void> {
  return (await link).listen(receive);
}
