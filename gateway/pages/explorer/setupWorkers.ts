/** File names of the editor's threads by their names; the build puts them here. */
declare const WORKER_FILES: Record<string, string>;

declare global {
  // eslint-disable-next-line no-var
  var MonacoEnvironment: { getWorker(id: string, label: string): Worker };
}

globalThis.MonacoEnvironment = {
  getWorker(_id, label) {
    const name = label === 'json' || label === 'graphql' ? `${label}.worker` : 'editor.worker';
    return new Worker(`/assets/${WORKER_FILES[name]}`, { type: 'module' });
  },
};

export {};
