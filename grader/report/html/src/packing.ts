// Numbers that pictures.cpp has packed.

export function bytesOf(base64: string): Uint8Array {
  const text = atob(base64);
  const bytes = new Uint8Array(text.length);
  for (let i = 0; i < text.length; i++) bytes[i] = text.charCodeAt(i);
  return bytes;
}

/** 16 bits each: 0 is `low`, 65534 is `high`, 65535 is not finite. */
export function numbersOf(base64: string, low: number, high: number): Float64Array {
  const bytes = bytesOf(base64);
  const numbers = new Float64Array(bytes.length / 2);
  for (let i = 0; i < numbers.length; i++) {
    const step = bytes[2 * i] + 256 * bytes[2 * i + 1];
    numbers[i] = step === 65535 ? NaN : low + (step / 65534) * (high - low);
  }
  return numbers;
}

/** A number for people: four digits, no noise behind them. What is next to nothing on a scale of `span` is 0. */
export function numberText(value: number, span = 0): string {
  if (!Number.isFinite(value)) return String(value);
  return Math.abs(value) < span * 5e-4 ? "0" : String(Number(value.toPrecision(4)));
}
