import type { Environment } from 'monaco-editor';

/** File names of the editor's threads by their names; the build puts them here. */
declare const WORKER_FILES: Record<string, string>;

const environment: Environment = {
  getWorker(_id, label) {
    const name = label === 'json' || label === 'graphql' ? `${label}.worker` : 'editor.worker';
    return new Worker(`/assets/${WORKER_FILES[name]}`, { type: 'module' });
  },
};

window.MonacoEnvironment = environment;
