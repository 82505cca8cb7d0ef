import { useCallback, useEffect, useRef, useState } from 'react';

/** One change that the reader asks for, until the server has carried it out. */
export interface Attempt<TBody> {
  isPending: boolean;
  /** Why the last try failed. */
  error: Error | undefined;
  /** Sends the change; does nothing while it is on its way. */
  run(body: TBody): void;
  /** Forgets the error. */
  reset(): void;
}

/** Options of {@link useAttempt}. */
export interface UseAttemptOptions<TBody, TAnswer> {
  send(body: TBody, idempotencyKey: string): Promise<TAnswer>;
  onDone(answer: TAnswer, body: TBody): void;
  onFailed?(error: Error): void;
}

/**
 * Sends a change once, however often it is pressed or tried again.
 *
 * @remarks
 * The key stays for the same body until the server has carried it out: a try whose answer was lost is not carried out
 * twice. Another body is another change and gets another key.
 */
export function useAttempt<TBody, TAnswer>(
  options: UseAttemptOptions<TBody, TAnswer>,
): Attempt<TBody> {
  const [state, setState] = useState<{ isPending: boolean; error?: Error }>({
    isPending: false,
  });
  const latest = useRef(options);
  latest.current = options;
  const underWay = useRef(false);
  const isMounted = useRef(true);
  const key = useRef<{ body: string; value: string }>();

  useEffect(() => {
    isMounted.current = true;
    return () => {
      isMounted.current = false;
    };
  }, []);

  const run = useCallback((body: TBody) => {
    if (underWay.current) {
      return;
    }
    underWay.current = true;
    setState({ isPending: true });
    const text = JSON.stringify(body);
    if (key.current?.body !== text) {
      key.current = { body: text, value: crypto.randomUUID() };
    }
    latest.current.send(body, key.current.value).then(
      answer => {
        underWay.current = false;
        key.current = undefined;
        if (isMounted.current) {
          setState({ isPending: false });
          latest.current.onDone(answer, body);
        }
      },
      (error: Error) => {
        underWay.current = false;
        if (isMounted.current) {
          setState({ isPending: false, error });
          latest.current.onFailed?.(error);
        }
      },
    );
  }, []);
  const reset = useCallback(() => setState({ isPending: false }), []);
  return { isPending: state.isPending, error: state.error, run, reset };
}
