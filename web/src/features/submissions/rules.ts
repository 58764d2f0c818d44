// Single rules of the intake form. Each takes a raw value and answers the id of the rule it breaks.
export type Rule = (value: unknown) => string | null;

const length = (text: string): number => [...text].length;
// C0 and C1 controls, delete, and the bidirectional overrides; they are never part of a name.
const control = /[\u0000-\u001f\u007f-\u009f\u202a-\u202e\u2066-\u2069]/;
const controlButLines = /[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f-\u009f\u202a-\u202e\u2066-\u2069]/;

interface TextRule {
  max: number;
  min?: number;
  required?: boolean;
  /** Tab and line breaks may stand in it. */
  lines?: boolean;
  form?: (text: string) => string | null;
}

export const text = ({ max, min = 0, required = false, lines = false, form }: TextRule): Rule => (value) => {
  if (value !== null && value !== undefined && typeof value !== 'string') return 'invalid';
  const trimmed = (value ?? '').trim();
  if (trimmed === '') return required ? 'required' : null;
  if ((lines ? controlButLines : control).test(trimmed)) return 'invalid';
  if (length(trimmed) < min) return 'too_short';
  if (length(trimmed) > max) return 'too_long';
  return form?.(trimmed) ?? null;
};

export const oneOf = (values: readonly string[], required = false): Rule =>
  text({ max: 200, required, form: (word) => (values.includes(word) ? null : 'not_allowed') });

const absent = (value: unknown): value is null | undefined => value === null || value === undefined;

export const whole = (min: number, max: number, required = false): Rule => (value) => {
  if (absent(value)) return required ? 'required' : null;
  if (typeof value !== 'number' || !Number.isInteger(value)) return 'invalid';
  return value < min || value > max ? 'out_of_range' : null;
};

export const money: Rule = (value) => {
  if (absent(value)) return null;
  if (typeof value !== 'number' || Number.isNaN(value)) return 'invalid';
  if (value < 0 || value > 1_000_000_000) return 'out_of_range';
  return Math.abs(value * 100 - Math.round(value * 100)) > 1e-6 ? 'invalid' : null;
};

export const flag: Rule = (value) => (absent(value) || typeof value === 'boolean' ? null : 'invalid');
export const consent: Rule = (value) => (value === true ? null : 'must_be_true');

export const name: Rule = text({ min: 2, max: 120, required: true });
export const businessName: Rule = text({
  min: 2, max: 120, required: true, form: (value) => (/[\p{L}\p{N}]/u.test(value) ? null : 'invalid'),
});

const localPart = /^[^\s"()<>[\]:;,\\@.]+(\.[^\s"()<>[\]:;,\\@.]+)*$/;
const domainLabel = /^[\p{L}\p{N}\p{M}](?:[\p{L}\p{N}\p{M}-]*[\p{L}\p{N}\p{M}])?$/u;

/** The form only: whether the box exists is not checked. */
export function emailForm(address: string): string | null {
  const [local = '', domain = '', ...more] = address.split('@');
  const labels = domain.split('.');
  const last = labels.at(-1) ?? '';
  const sound = more.length === 0
    && length(local) <= 64 && localPart.test(local)
    && labels.length >= 2 && labels.every((label) => label.length <= 63 && domainLabel.test(label))
    && length(last) >= 2 && !/^\d+$/.test(last);
  return sound ? null : 'invalid';
}
