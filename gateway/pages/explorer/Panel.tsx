import type { ReactNode } from 'react';

/** What stands beside the editors when its icon is chosen. */
export const Panel = ({ title, children }: { title: string; children: ReactNode }) => (
  <section className="panel">
    <h2 className="panel-title">{title}</h2>
    {children}
  </section>
);
