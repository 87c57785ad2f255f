import { fileURLToPath } from 'node:url';

const at = (path: string): string => fileURLToPath(new URL(path, import.meta.url));

/** Two pages, no network: everything is bundled. JSX is compiled by Vite itself. */
// biome-ignore lint/style/noDefaultExport: Vite reads the default export of its configuration.
export default {
  root: at('.'),
  base: '/console/',
  logLevel: 'error',
  oxc: { jsx: { runtime: 'automatic' } },
  build: {
    outDir: at('dist'),
    emptyOutDir: true,
    chunkSizeWarningLimit: 4000,
    rolldownOptions: { input: [at('index.html'), at('explorer.html')] },
  },
};
