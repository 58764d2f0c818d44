import { locale } from '../../lib/language';
// What a widget shows, saved: as CSV that a spreadsheet takes for text where it is text, and as a picture.

/** The figures of a widget: a head a column, the first column is what the row is about. */
export interface Figures {
  title: string;
  heads: readonly string[];
  rows: readonly (readonly (string | number | null)[])[];
}

/** A cell that would begin a formula gets an apostrophe (`=`, `+`, `-`, `@`, tab). */
function cell(value: string | number | null): string {
  if (value === null) return '';
  if (typeof value === 'number') return String(value);
  const safe = /^[=+\-@\t\r]/.test(value) ? `'${value}` : value;
  return /[",\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}

export const toCsv = ({ heads, rows }: Figures): string => [heads, ...rows].map((row) => row.map(cell).join(',')).join('\r\n') + '\r\n';

function save(blob: Blob, name: string): void {
  const link = document.createElement('a');
  link.href = URL.createObjectURL(blob);
  link.download = name;
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 10_000);
}

const fileName = (title: string, kind: string): string => `${title.toLowerCase().replace(/[^\p{L}\p{N}]+/gu, '-')}.${kind}`;

export const saveCsv = (figures: Figures): void =>
  save(new Blob(['\ufeff', toCsv(figures)], { type: 'text/csv;charset=utf-8' }), fileName(figures.title, 'csv'));

const scale = 2;
const pad = 20;
const line = 24;
const labelWidth = 170;
const figureWidth = 74;
const barWidth = 260;

/** The title, and a row for each row with a bar of its first figure and all its figures, in the inks of the theme. */
export function savePng({ title, heads, rows }: Figures): void {
  const ink = (token: string) => getComputedStyle(document.documentElement).getPropertyValue(token).trim();
  const figures = heads.length - 1;
  const canvas = document.createElement('canvas');
  const width = pad * 2 + labelWidth + barWidth + figures * figureWidth;
  const height = pad * 2 + 52 + rows.length * line;
  canvas.width = width * scale;
  canvas.height = height * scale;
  const draw = canvas.getContext('2d');
  if (!draw) return;
  draw.scale(scale, scale);
  draw.fillStyle = ink('--surface');
  draw.fillRect(0, 0, width, height);
  const words = (text: string, x: number, y: number, { token = '--ink', size = 12, weight = 400, right = false } = {}) => {
    draw.font = `${weight} ${size}px "Instrument Sans Variable", sans-serif`;
    draw.fillStyle = ink(token);
    draw.textAlign = right ? 'right' : 'left';
    draw.fillText(text, x, y);
  };
  words(title, pad, pad + 12, { size: 15, weight: 600 });
  const right = (column: number) => pad + labelWidth + barWidth + column * figureWidth;
  heads.slice(1).forEach((head, i) => words(head, right(i + 1), pad + 40, { token: '--ink-3', size: 11, right: true }));
  const most = Math.max(1, ...rows.map((row) => (typeof row[1] === 'number' ? row[1] : 0)));
  rows.forEach((row, i) => {
    const y = pad + 64 + i * line;
    words(String(row[0] ?? ''), pad, y, { token: '--ink-2' });
    if (typeof row[1] === 'number') {
      draw.fillStyle = ink('--d4');
      draw.fillRect(pad + labelWidth, y - 11, (row[1] / most) * (barWidth - 12), 14);
    }
    row.slice(1).forEach((value, at) => words(value === null ? '–' : typeof value === 'number' ? value.toLocaleString(locale()) : value, right(at + 1), y, { right: true, weight: at === 0 ? 600 : 400 }));
  });
  canvas.toBlob((blob) => blob && save(blob, fileName(title, 'png')));
}
