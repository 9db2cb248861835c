export function generate(folder: string, count: number): void;
