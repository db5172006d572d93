import type { ComponentChildren } from 'preact';
import { text } from '../shared/language.ts';
import { Skeleton } from './Skeleton.tsx';

interface Settings {
  title: string;
  /** A sentence on how to read it. */
  hint?: string;
  state: 'loading' | 'failed' | 'empty' | 'shown';
  /** Where the numbers can be taken away as a table. */
  table?: string;
  children?: ComponentChildren;
}

/** A part of the page: its numbers, or why there are none. */
export function Section({ title, hint, state, table, children }: Settings) {
  return (
    <section class={`card ${state}`} aria-busy={state === 'loading'}>
      <header>
        <h2>{title}</h2>
        {table && state === 'shown' && (
          <a class="take-away" href={table} download>
            CSV
          </a>
        )}
      </header>
      {state === 'shown' && (
        <>
          {hint && <p class="hint">{hint}</p>}
          {children}
        </>
      )}
      {state === 'loading' && <Skeleton />}
      {state === 'empty' && (
        <p class="nothing">
          {text(
            'Không có số liệu nào cho bộ lọc này.',
            'There are no figures for what you filter by.',
          )}
        </p>
      )}
      {state === 'failed' && (
        <p class="nothing" role="alert">
          {text(
            'Phần này tạm thời không tải được. Các phần khác vẫn đúng.',
            'This part can’t be loaded at the moment. The other parts are right.',
          )}
        </p>
      )}
    </section>
  );
}
