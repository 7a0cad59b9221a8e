/**
 * Characters that a reader does not see but a model does: controls (line feed and tab stay), format and bidirectional controls,
 * tag characters, surrogates without a partner, private use, variation selectors, and fillers that render as nothing.
 */
const INVISIBLE =
  /(?![\n\t])[\p{Cc}\p{Cf}\p{Cs}\p{Co}\p{Variation_Selector}\u115F\u1160\u3164\uFFA0]|\u034F|\u17B4|\u17B5/gu;

/** The text as a person sees it. What was hidden in it is for rules to report; the model is spared it. */
export const visible = (text: string): string => text.replaceAll(/\r\n?/g, '\n').replaceAll(INVISIBLE, '');
