import '@testing-library/jest-dom';
import { configure } from '@testing-library/react';

// What appears later is waited for as long as a busy machine takes; a second is less than the first import of a page.
configure({ asyncUtilTimeout: 20_000 });

// jsdom lays nothing out. The screens ask for the width of the window and for sizes of elements; tests set the width
// with `window.innerWidth` before they render.
if (!window.matchMedia) {
  window.matchMedia = (query: string) => {
    const minimum = Number(
      /min-width:\s*(\d+)px/.exec(query)?.[1] ?? Number.NaN,
    );
    return {
      get matches() {
        return window.innerWidth >= minimum;
      },
      media: query,
      onchange: null,
      addEventListener: (_type: string, listener: EventListener) =>
        window.addEventListener('resize', listener),
      removeEventListener: (_type: string, listener: EventListener) =>
        window.removeEventListener('resize', listener),
      addListener: () => {},
      removeListener: () => {},
      dispatchEvent: () => true,
    } as unknown as MediaQueryList;
  };
}

class StillResizeObserver implements ResizeObserver {
  observe() {}
  unobserve() {}
  disconnect() {}
}
window.ResizeObserver ??= StillResizeObserver;

// The parts that only show what is visible ask for sizes; without any they show nothing.
Object.defineProperties(HTMLElement.prototype, {
  clientWidth: { configurable: true, get: () => 1440 },
  clientHeight: { configurable: true, get: () => 900 },
});
