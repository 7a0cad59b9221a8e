/** `Promise.all` of a function over a list with at most `limit` calls at a time, begun in order. Results are in order. */
export async function mapLimited<Input, Output>(
  inputs: readonly Input[],
  limit: number,
  call: (input: Input) => Promise<Output>,
): Promise<readonly Output[]> {
  const outputs: Output[] = [];
  // One iterator, shared by all lanes: each takes what is next.
  const queue = inputs.entries();
  const lane = async (): Promise<void> => {
    for (const [index, input] of queue) outputs[index] = await call(input);
  };
  await Promise.all(Array.from({ length: Math.max(1, limit) }, lane));
  return outputs;
}
