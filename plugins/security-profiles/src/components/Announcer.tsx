import {
  createContext,
  useContext,
  useMemo,
  useState,
  type ReactNode,
} from 'react';
import { VisuallyHidden } from '@backstage/ui';

const AnnounceContext = createContext<(message: string) => void>(() => {});

/** Says a result to screen readers, politely. */
export function useAnnounce(): (message: string) => void {
  return useContext(AnnounceContext);
}

/** Props of {@link Announcer}. */
export interface AnnouncerProps {
  children: ReactNode;
}

/** Holds the one live region of a screen. */
export function Announcer(props: AnnouncerProps) {
  const [message, setMessage] = useState('');
  const announce = useMemo(() => (text: string) => setMessage(text), []);
  return (
    <AnnounceContext.Provider value={announce}>
      {props.children}
      <VisuallyHidden>
        <span role="status">{message}</span>
      </VisuallyHidden>
    </AnnounceContext.Provider>
  );
}
