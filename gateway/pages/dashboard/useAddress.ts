import { useEffect, useState } from 'preact/hooks';
import { readAddress, toAddress, type Address } from './filters.ts';

/** The address of the page, and how to go on to another without loading the page anew; links within it do the same. */
export function useAddress(): [Address, (next: Address) => void] {
  const [address, setAddress] = useState(() => readAddress(location.search));
  const go = (next: Address) => {
    history.pushState(null, '', toAddress(next, location.search));
    setAddress(next);
  };
  useEffect(() => {
    const leaving = new AbortController();
    const { signal } = leaving;
    addEventListener('popstate', () => setAddress(readAddress(location.search)), { signal });
    addEventListener(
      'click',
      (event) => {
        const link = (event.target as Element).closest('a');
        const href = link?.getAttribute('href') ?? link?.getAttribute('xlink:href');
        const isElsewhere = event.ctrlKey || event.metaKey || event.shiftKey || event.button !== 0;
        if (!href?.startsWith('?') || isElsewhere || isOtherLanguage(href)) return;
        event.preventDefault();
        go(readAddress(href));
      },
      { signal },
    );
    return () => leaving.abort();
  }, []);
  return [address, go];
}

const isOtherLanguage = (search: string) =>
  new URLSearchParams(search).get('lang') !== new URLSearchParams(location.search).get('lang');
