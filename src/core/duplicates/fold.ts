/** Longer texts are compared by their beginning: work stays bounded whatever somebody sends. In UTF-16 code units. */
const MAX_COMPARED = 8_000;

/**
 * The text as a reader's ear would hear it, for comparing: compatibility forms, accents, case, what nobody can see, and letters of
 * other alphabets that look like Latin ones are gone. At most `MAX_COMPARED` code units. Never shown, and never a reason to call
 * two texts equal: that is `exampleKey`.
 */
export const foldText = (text: string): string =>
  text
    .slice(0, MAX_COMPARED)
    .toWellFormed()
    .normalize('NFKD')
    .replaceAll(unseen, '')
    .toLowerCase()
    .replaceAll(/\P{ASCII}/gu, letter => latin.get(letter) ?? letter)
    .normalize('NFC')
    .slice(0, MAX_COMPARED);

/** Accents that stand apart after NFKD, and characters without a picture. Vowel signs of other scripts stay: they are letters. */
const unseen = /[\u0300-\u036F\p{Default_Ignorable_Code_Point}\p{Cf}]/gu;

/** Cyrillic, Greek and Latin letters that fonts draw like a Latin one, lower case, from Unicode's confusables. */
const pairs =
  'аa вb еe кk мm нh оo рp сc тt уy хx іi јj ѕs һh ԁd ԛq ԝw ѵv ԍg αa βb γy εe ηn ιi κk νv οo ρp τt υu χx ζz ϲc ϳj ıi ɡg ɑa ʏy ᴏo';
const latin: ReadonlyMap<string, string> = new Map(
  pairs.split(' ').map(([letter = '', ...rest]) => [letter, rest.join('')]),
);
