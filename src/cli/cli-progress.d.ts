/** The part of cli-progress that is used here; the package brings no types. */
declare module 'cli-progress' {
  interface Options {
    readonly format: () => string;
    readonly stream: NodeJS.WritableStream;
    readonly clearOnComplete: boolean;
    readonly gracefulExit: boolean;
    readonly forceRedraw: boolean;
  }

  class SingleBar {
    constructor(options: Options);
    start(total: number, value: number): void;
    update(value: number): void;
    stop(): void;
  }

  const cliProgress: { readonly SingleBar: typeof SingleBar };
  export default cliProgress;
}
