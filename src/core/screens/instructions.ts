/**
 * Words that speak to a model: sentences that cancel its instructions, give it another role, ask for its prompt, or tell the judge its
 * verdict. Over folded text (lower case, one space between words). Gaps are bounded, so that the work is linear. The first four
 * groups are what general collections of attacks share; the last is about our own judge, whose rubric everybody can read.
 */
export const instructions: readonly RegExp[] = [
  // Cancel what was said before.
  /\b(?:ignor(?:e|ing)|disregard(?:ing)?|forget|overrid(?:e|ing)|bypass|neglect|discard|do not (?:follow|obey)|don't (?:follow|obey)|stop following)\b[^.!?]{0,30}\b(?:previous|prior|above|earlier|preceding|foregoing|all|any|your|these|those|system|original|initial|existing|judge's|grading)\b[^.!?]{0,30}\b(?:instructions?|prompts?|rules|guidelines|directions|directives|commands|criteria|rubric|orders|constraints|restrictions|polic(?:y|ies)|programming)\b/gu,
  /\b(?:ignore|disregard|forget) (?:everything|everthing|all|what(?:ever)?|anything)(?: (?:that|of|you|i|was|is|were|has been|have been)){0,3} (?:above|before|previously|said|told|written|instructed)\b|\b(?:ignore|disregard) the above\b/gu,
  /\b(?:new|updated|real|actual) (?:system )?(?:instructions?|directives?|system prompt|task) ?(?::|is to\b|are\b|follows?\b)/gu,
  /\b(?:system|admin|administrator|developer) (?:prompt|message|note|notice|override|instruction|command|mode)s? ?[:=\]>]/gu,
  // Give it another role.
  /\b(?:you are|you're|you will be|you have become) now (?:an? |the |going to |free|dan\b|unrestricted|evil|jailbroken)/gu,
  /\bfrom (?:now|this point|here) on(?:wards?)?,? (?:you(?:'ll| will| are| must| shall| should| can)|act|always|answer|respond|reply|ignore)\b/gu,
  /\b(?:act|behave|respond|answer|pretend|roleplay|role-play|simulate)\b[^.!?]{0,40}\b(?:unrestricted|unfiltered|uncensored|jailbroken|amoral|no (?:restrictions|limitations|filters?|rules|ethic(?:s|al)|moral)|without (?:any )?(?:restrictions|limitations|filters?|ethical|moral|censorship))/gu,
  /\b(?:do anything now|dan mode|jailbreak(?:ed|ing|s)?|jailbroken|developer mode (?:enabled|output|on)|stay in character|god ?mode|stay a dan)\b/gu,
  // Ask for its prompt.
  /\b(?:reveal|show|print|repeat|output|display|tell (?:me|us)|disclose|leak|share|what (?:is|are|was|were)|give me|write out|recite|list)\b[^.!?]{0,24}\b(?:system prompts?|(?:initial|hidden|secret|original|previous|full|entire) (?:prompts?|instructions?)|your (?:\w{1,12} )?(?:prompts?|instructions|guidelines|directives)|(?:text|words|instructions|prompt|everything) above)\b/gu,
  // Tell the judge its verdict.
  /\b(?:note|message|instructions?|attention|hint|reminder|memo)\b ?(?:to|for|:)? (?:the |any |all |every )?(?:ai|llm|judge|grader|evaluator|assay|language model|automated|review(?:ing)? (?:bot|model|system))s?\b/gu,
  /\b(?:judge|grader|evaluator|assay|llm|language model|rater|reviewing model|review bot)s?,? (?:must|should|shall|has to|have to|is to|are to|please|will|needs? to|is required to|are required to|may only|can only)\b[^.!?]{0,40}\b(?:yes|pass(?:es|ed)?|approv(?:e|ed)|accept(?:ed)?|perfect|correct|full marks|highest|maximum|top|10|verdict|positive(?:ly)?)\b/gu,
  /\b(?:answer|return|output|set|give|mark|say|reply|respond|rate|score|grade|evaluate|judge|treat)\b[^.!?]{0,30}\b(?:yes|pass(?:ed|ing)?|true|10|perfect|correct|full marks|top marks|maximum|highest)\b[^.!?]{0,24}\b(?:every|all|each|any)\b (?:of )?(?:the |these |your )?(?:questions?|criteri(?:a|on)|items?|checks?|rubric|verdicts?|examples?)\b/gu,
  /(?<!not |never |not-|n't )\b(?:approve|accept|merge|pass|waive|label|do not (?:flag|reject)|don't (?:flag|reject))\b (?:all )?(?:this|the|my|these|every) (?:pull request|pr|contribution|submission|findings?|leaf(?: node)?|example|taxonomy entry)s?\b/gu,
  /\b(?:this|the|my) (?:pull request|pr|contribution|submission|example|seed example|leaf node|file) (?:is|has|was|have)(?: already)?(?: been)? (?:pre-?)?(?:approved|verified|accepted|reviewed|cleared|waived|whitelisted|certified)\b/gu,
  /"?verdicts?"? ?[:=] ?"?(?:yes|no|cannot_tell|pass)\b|\bcannot_tell\b|(?<![\w/])\/assay\b/gu,
];
