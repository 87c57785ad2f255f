import { mkdir, writeFile } from 'node:fs/promises';
import { cpus } from 'node:os';
import { fileURLToPath } from 'node:url';
import { type Bar, barPlot } from './bar-plot.ts';

const folder = fileURLToPath(new URL('./results', import.meta.url));

/** What a bench found, and how to see it. */
export interface Result {
  readonly name: string;
  readonly command: string;
  readonly figures: unknown;
  readonly plot?: { readonly title: string; readonly bars: readonly Bar[] };
}

/** Keeps the figures as JSON, and the plot as SVG, under `results/`; says which machine it was. */
export const writeResult = async ({ name, command, figures, plot }: Result): Promise<void> => {
  await mkdir(folder, { recursive: true });
  const machine = { node: process.version, cores: cpus().length, cpu: cpus()[0]?.model.trim() };
  const whole = { measuredAt: new Date().toISOString(), command, machine, figures };
  await writeFile(`${folder}/${name}.json`, `${JSON.stringify(whole, null, 2)}\n`);
  if (plot !== undefined) await writeFile(`${folder}/${name}.svg`, barPlot(plot.title, plot.bars));
};
