import { closest } from '../closest.ts';

/** What an `attribution.txt` says of a work: the fields that the contribution guides ask for. */
export const fieldNames = ['title', 'link', 'revision', 'licence', 'creators'] as const;
export type FieldName = (typeof fieldNames)[number];

/** The keys as the guides and the contribution forms write them. */
export const guideKeys = {
  title: 'Title of work',
  link: 'Link to work',
  revision: 'Revision',
  licence: 'License of the work',
  creators: 'Creator names',
} as const satisfies Readonly<Record<FieldName, string>>;

/**
 * Keys as people write them, folded by `foldKey`: all that real files hold, what the older guides asked for (`Link to source`), and
 * the guides' keys in other languages.
 */
const spellings: Readonly<Record<FieldName, readonly string[]>> = {
  title: [
    'title of work',
    'title of the work',
    'title',
    'titles',
    'work title',
    'name of work',
    'name of the work',
    'work',
    'titel des werks',
    'titel',
    'titulo de la obra',
    'titulo da obra',
    'titulo',
    'titre de l oeuvre',
    'titre',
    'titolo dell opera',
    'titolo',
    '作品のタイトル',
    'タイトル',
    '作品标题',
    '作品名称',
    '标题',
    '작품 제목',
    '제목',
  ],
  link: [
    'link to work',
    'link to the work',
    'link of work',
    'link of the work',
    'link',
    'links',
    'work link',
    'url',
    'link to source',
    'link to the source',
    'source link',
    'source url',
    'source',
    'sources',
    'link zum werk',
    'quelle',
    'enlace a la obra',
    'enlace',
    'fuente',
    'link para a obra',
    'fonte',
    'lien vers l oeuvre',
    'lien',
    'link all opera',
    '作品へのリンク',
    'リンク',
    '作品链接',
    '链接',
    '작품 링크',
    '링크',
  ],
  revision: [
    'revision',
    'revisions',
    'revision link',
    'link to revision',
    'revision of work',
    'revision of the work',
    'permanent link',
    'permalink',
    'revision id',
    'revisao',
    'revisione',
    'リビジョン',
    '修订',
    '修订版本',
    '개정판',
  ],
  licence: [
    'license of the work',
    'licence of the work',
    'license of work',
    'licence of work',
    'license',
    'licence',
    'licenses',
    'licences',
    'license of the works',
    'work license',
    'spdx license identifier',
    'spdx',
    'lizenz des werks',
    'lizenz',
    'licencia de la obra',
    'licencia',
    'licenca da obra',
    'licenca',
    'licence de l oeuvre',
    'licenza dell opera',
    'licenza',
    '作品のライセンス',
    'ライセンス',
    '作品许可证',
    '许可证',
    '작품 라이선스',
    '라이선스',
  ],
  creators: [
    'creator names',
    'creators names',
    'creators name',
    'creator name',
    'names of creators',
    'names of the creators',
    'creators',
    'creator',
    'author names',
    'authors names',
    'author name',
    'authors',
    'author',
    'github username',
    'urheber',
    'namen der urheber',
    'autor',
    'autoren',
    'nombres de los creadores',
    'autores',
    'nomes dos criadores',
    'noms des createurs',
    'auteur',
    'auteurs',
    'nomi degli autori',
    'autore',
    'autori',
    '作成者名',
    '作者',
    '창작자 이름',
  ],
};

const byKey: ReadonlyMap<string, FieldName> = new Map(
  fieldNames.flatMap(name => spellings[name].map(key => [key, name] as const)),
);

/** Keys that are long enough for a slip of the pen to be told from another word. */
const guided: ReadonlyMap<string, FieldName> = new Map(
  fieldNames.flatMap(name => (guideKeys[name].length >= 10 ? [[foldKey(guideKeys[name]), name] as const] : [])),
);

/** No key is longer; what stands before a colon further on is a sentence. */
export const MAX_KEY = 60;

/** The field that a key of at most `MAX_KEY` characters stands for: however it is spelt, marked up or numbered. */
export function fieldNamed(key: string): FieldName | undefined {
  const folded = foldKey(key);
  if (folded === '') return undefined;
  const meant = byKey.get(folded);
  if (meant !== undefined || folded.length < 10) return meant;
  return guided.get(closest(folded, [...guided.keys()]) ?? '');
}

/** Lower case, without accents, numbers, bullets and other marks. */
function foldKey(key: string): string {
  return key
    .normalize('NFKD')
    .replaceAll(/\p{M}/gu, '')
    .normalize('NFKC')
    .toLowerCase()
    .replaceAll('œ', 'oe')
    .replaceAll(/[^\p{L}]+/gu, ' ')
    .trim();
}
