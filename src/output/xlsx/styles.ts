/** How cells look: the one list from which `styles.xml` and the numbers in it follow. */

interface Look {
  /** The code of a number's format; none: General. */
  readonly format?: string;
  readonly bold?: true;
  readonly size?: number;
  /** The color behind, as `RRGGBB`. */
  readonly fill?: string;
  readonly left?: true;
}

// Text is formatted as text, so that it becomes no formula when somebody edits the cell either.
const LOOKS = {
  plain: {},
  text: { format: '@' },
  // LibreOffice shows most columns of booleans as 1 and 0 otherwise.
  boolean: { format: '"TRUE";"TRUE";"FALSE"', left: true },
  title: { format: '@', bold: true, size: 16 },
  label: { format: '@', bold: true },
  header: { format: '@', bold: true, fill: 'E4E9EF' },
  date: { format: 'yyyy-mm-dd', left: true },
  time: { format: 'yyyy-mm-dd hh:mm:ss', left: true },
  integer: { format: '#,##0' },
  decimal: { format: '#,##0.00' },
  usd: { format: '"$"#,##0.00' },
  percent: { format: '#,##0.00" %"' },
  pass: { format: '@', bold: true, fill: 'C9EBCF' },
  warn: { format: '@', bold: true, fill: 'FCE9A9' },
  fail: { format: '@', bold: true, fill: 'F7C6C5' },
  error: { format: '@', bold: true, fill: 'F7C6C5' },
} as const satisfies Readonly<Record<string, Look>>;

export type Style = keyof typeof LOOKS;

const NUMBERS = new Map(Object.keys(LOOKS).map((name, index) => [name, index]));
export const styleNumber = (style: Style): number => NUMBERS.get(style) ?? 0;

/** Own formats are numbered from here on. */
const OWN_FORMATS = 164;
/** The first two fills are the format's own. */
const OWN_FILLS = 2;

/** Each look has a font, a fill and a format of its own, under its number. */
export function stylesXml(): string {
  const looks: readonly Look[] = Object.values(LOOKS);
  const list = (name: string, items: readonly string[]) =>
    `<${name} count="${items.length}">${items.join('')}</${name}>`;
  const formats = looks.map(({ format = 'General' }, index) => {
    const code = format.replaceAll('"', '&quot;');
    return `<numFmt numFmtId="${OWN_FORMATS + index}" formatCode="${code}"/>`;
  });
  const fonts = looks.map(
    ({ bold, size = 11 }) => `<font>${bold ? '<b/>' : ''}<sz val="${size}"/><name val="Calibri"/></font>`,
  );
  const fills = ['none', 'gray125'].map((name) => `<fill><patternFill patternType="${name}"/></fill>`);
  const ownFills = looks.map(({ fill }) =>
    fill === undefined
      ? fills[0]
      : `<fill><patternFill patternType="solid"><fgColor rgb="FF${fill}"/></patternFill></fill>`,
  );
  const formatsOfCells = looks.map(({ left }, index) => {
    const ids = `numFmtId="${OWN_FORMATS + index}" fontId="${index}" fillId="${OWN_FILLS + index}" borderId="0" xfId="0"`;
    const applied = 'applyNumberFormat="1" applyFont="1" applyFill="1" applyAlignment="1"';
    return `<xf ${ids} ${applied}><alignment vertical="top"${left ? ' horizontal="left"' : ''}/></xf>`;
  });
  return [
    '<styleSheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main">',
    list('numFmts', formats),
    list('fonts', fonts),
    list('fills', [...fills, ...ownFills].map(String)),
    list('borders', ['<border/>']),
    list('cellStyleXfs', ['<xf/>']),
    list('cellXfs', formatsOfCells),
    '</styleSheet>',
  ].join('');
}
