import { useCallback, useEffect, useRef, useState } from 'react';

/** What a screen knows of one answer of the server. */
export interface Loaded<T> {
  /** The newest answer; stays while a newer one is on its way, or failed. */
  data: T | undefined;
  /** Why the last request failed; undefined while `data` is the last word. */
  error: Error | undefined;
  isPending: boolean;
  /** Browser time at which `data` arrived, in milliseconds. */
  loadedAt: number | undefined;
  reload(): void;
  /** Shows an answer that came another way, as that of a change made here; an answer still on its way is dropped. */
  accept(data: T): void;
}

/** Options of {@link useLoaded}. */
export interface UseLoadedOptions {
  /** Ask again after this many milliseconds, while the browser tab is visible. Default: never. */
  pollEvery?: number;
}

interface State<T> {
  data: T | undefined;
  error: Error | undefined;
  isPending: boolean;
  loadedAt: number | undefined;
}

const EMPTY = {
  data: undefined,
  error: undefined,
  isPending: true,
  loadedAt: undefined,
};

/**
 * Loads one answer, keeps it while it is asked for again, and cancels the request when the screen goes.
 *
 * @param load - must keep its identity while it asks for the same thing; another one drops the old answer
 */
export function useLoaded<T>(
  load: (signal: AbortSignal) => Promise<T>,
  options: UseLoadedOptions = {},
): Loaded<T> {
  const { pollEvery } = options;
  const [state, setState] = useState<State<T>>(EMPTY);
  const [round, setRound] = useState(0);
  const lastLoad = useRef(load);
  const running = useRef<AbortController>();
  const isRunning = useRef(false);

  useEffect(() => {
    const controller = new AbortController();
    running.current = controller;
    isRunning.current = true;
    if (lastLoad.current !== load) {
      lastLoad.current = load;
      setState(EMPTY);
    } else {
      setState(previous => ({ ...previous, isPending: true }));
    }
    load(controller.signal).then(
      data => {
        if (!controller.signal.aborted) {
          isRunning.current = false;
          setState({
            data,
            error: undefined,
            isPending: false,
            loadedAt: Date.now(),
          });
        }
      },
      (error: Error) => {
        if (!controller.signal.aborted) {
          isRunning.current = false;
          setState(previous => ({ ...previous, error, isPending: false }));
        }
      },
    );
    return () => controller.abort();
  }, [load, round]);

  useEffect(() => {
    if (!pollEvery) {
      return undefined;
    }
    const timer = setInterval(() => {
      // A server that answers slower than we ask is not asked anew before it has answered.
      if (document.visibilityState !== 'hidden' && !isRunning.current) {
        setRound(value => value + 1);
      }
    }, pollEvery);
    return () => clearInterval(timer);
  }, [pollEvery]);

  const reload = useCallback(() => setRound(value => value + 1), []);
  const accept = useCallback((data: T) => {
    running.current?.abort();
    isRunning.current = false;
    setState({
      data,
      error: undefined,
      isPending: false,
      loadedAt: Date.now(),
    });
  }, []);
  return { ...state, reload, accept };
}
