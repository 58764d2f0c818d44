// The rows that were not written as a file that can be put right and imported again.
const guarded = (cell: string): string => (/^ *[=+\-@\t\r]/.test(cell) ? `'${cell}` : cell);
const quoted = (cell: string): string => (/[",;\r\n\t]|^ | $/.test(cell) ? `"${cell.replaceAll('"', '""')}"` : cell);

/** A line a row, the reason behind its cells. No cell is calculated by a spreadsheet. */
export function problemFile(header: readonly string[], reasonHeading: string, rows: readonly { cells: string[]; reason: string | null }[]): string {
  const line = (cells: readonly string[]) => cells.map((cell) => quoted(guarded(cell))).join(',');
  const lines = [
    line([...header, reasonHeading]),
    ...rows.map(({ cells, reason }) => line([...header.map((_, i) => cells[i] ?? ''), reason ?? ''])),
  ];
  return `\uFEFF${lines.join('\r\n')}\r\n`;
}
