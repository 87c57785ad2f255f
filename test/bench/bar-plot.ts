/** One bar of a plot. */
export interface Bar {
  readonly label: string;
  readonly value: number;
  /** Ours is drawn in another colour. */
  readonly isOurs: boolean;
}

const rowHeight = 30;
const labelWidth = 210;
const barWidth = 360;

const escapeText = (text: string): string =>
  text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');

const row = ({ label, value, isOurs }: Bar, index: number, most: number): string => {
  const y = 44 + index * rowHeight;
  const width = Math.max(1, (value / most) * barWidth);
  return [
    `<text x="${labelWidth - 8}" y="${y + 15}" text-anchor="end">${escapeText(label)}</text>`,
    `<rect x="${labelWidth}" y="${y}" width="${width.toFixed(1)}" height="20" fill="${isOurs ? '#0b7a75' : '#9aa5b1'}"/>`,
    `<text x="${(labelWidth + width + 6).toFixed(1)}" y="${y + 15}">${value.toFixed(2)}</text>`,
  ].join('\n');
};

/** A horizontal bar plot as an SVG document, one row for each bar in the order given. */
export const barPlot = (title: string, bars: readonly Bar[]): string => {
  const most = Math.max(...bars.map(({ value }) => value), Number.MIN_VALUE);
  const height = 56 + bars.length * rowHeight;
  return `<svg xmlns="http://www.w3.org/2000/svg" width="680" height="${height}" viewBox="0 0 680 ${height}" font-family="system-ui, sans-serif" font-size="13">
<rect width="680" height="${height}" fill="#ffffff"/>
<text x="16" y="26" font-size="15" font-weight="600">${escapeText(title)}</text>
${bars.map((bar, index) => row(bar, index, most)).join('\n')}
</svg>
`;
};
