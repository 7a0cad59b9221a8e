/** Words that stand in any pull request here; a title of nothing else says nothing. */
const EMPTY =
  /^(?:add(?:ed|ing|s)?|creat(?:e|ed|ing|es)|updat(?:e|ed|ing|es)|upload(?:ed|ing|s)?|fix(?:ed|es)?|chang(?:e|es|ed)|edit(?:ed|s)?|new|my|first|more|the|a|an|some|of|to|for|and|in|via|files?|folder|skills?|knowledge|taxonomy|qna|yaml|yml|attribution|txt|pull|request|pr|patch|branch|commit|contribution|initial|main|test(?:ing)?|\d+)$/i;

/** Whether a title is made of such words alone, so that nobody can tell what it brings. */
export const saysNothing = (text: string): boolean =>
  text.split(/[^\p{L}\p{N}]+/u).every(word => word === '' || EMPTY.test(word));
