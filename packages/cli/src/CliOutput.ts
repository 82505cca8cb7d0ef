/** Where a command writes to. */
export interface CliOutput {
  print(line: string): void;
  complain(line: string): void;
}
