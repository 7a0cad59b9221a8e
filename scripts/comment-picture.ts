/**
 * Makes the page that README's picture is taken of: what the App says on the simulated GitHub to the demo's first pull request, in
 * the looks of a code host. `node scripts/comment-picture.ts > comment.html`, then with any Chromium:
 * `chromium --headless --hide-scrollbars --force-device-scale-factor=2 --window-size=980,575 --screenshot=docs/images/comment.png comment.html`.
 */
import { micromark } from 'micromark';
import { gfm, gfmHtml } from 'micromark-extension-gfm';
import { readFolder } from '../test/demo/files.ts';
import { startWorld } from '../test/stories/taxonomy-world.ts';

await using world = await startWorld();
const repository = 'lantern/taxonomy';
world.github.createRepository({ name: repository, files: await readFolder('base') });
await world.github.install('lantern');
const number = await world.people.openPullRequest({
  repository,
  author: 'mira-lindqvist',
  title: 'Plain language for official sentences',
  files: await readFolder('opened'),
});
await world.quiet();
const [comment] = world.github.pullRequest(repository, number).comments;
const html = micromark(comment?.body ?? '', {
  extensions: [gfm()],
  htmlExtensions: [gfmHtml()],
  allowDangerousHtml: true,
});

process.stdout.write(`<!doctype html>
<meta charset="utf-8">
<title>The comment of Assay</title>
<style>
  body { margin: 0; padding: 24px; background: #fff; color: #1f2328; font: 14px/1.5 system-ui, 'DejaVu Sans', sans-serif; }
  article { border: 1px solid #d1d9e0; border-radius: 6px; overflow: hidden; }
  header { background: #f6f8fa; border-bottom: 1px solid #d1d9e0; padding: 8px 16px; color: #59636e; }
  header b { color: #1f2328; }
  header i { border: 1px solid #d1d9e0; border-radius: 1em; padding: 0 7px; font-style: normal; font-size: 12px; }
  main { padding: 4px 16px; }
  h3 { font-size: 17px; margin: 16px 0 12px; }
  a { color: #0969da; text-decoration: none; }
  code { background: #eff1f3; border-radius: 6px; padding: .15em .4em; font: 12px ui-monospace, 'DejaVu Sans Mono', monospace; }
  table { border-collapse: collapse; margin-bottom: 16px; }
  td, th { border: 1px solid #d1d9e0; padding: 5px 12px; text-align: left; }
  li { margin: 4px 0; }
  summary { cursor: pointer; }
  sub { color: #59636e; font-size: 12px; vertical-align: baseline; }
</style>
<article>
  <header><b>assay-taxonomy</b> <i>bot</i> commented</header>
  <main>${html}</main>
</article>
`);
